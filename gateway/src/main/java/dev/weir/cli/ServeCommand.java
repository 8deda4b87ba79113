package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.config.Secrets;
import dev.weir.provider.Provider;
import dev.weir.store.Database;
import dev.weir.store.Migrations;
import dev.weir.store.StoreFailure;
import dev.weir.telemetry.Logs;
import dev.weir.telemetry.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir serve}: production. Nothing is seeded, and nothing is guessed. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves in production, by a configuration file.")
final class ServeCommand implements Callable<Integer> {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  @Mixin
  private ProcessOptions options = new ProcessOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (options.config.isEmpty()) {
      throw new StartFailure(
          "serve needs a configuration.", "--config FILE; begin with config/weir.example.yaml");
    }
    var config = Assembly.config(options);
    var secrets = Secrets.forProduction(Assembly.environment());
    var url = DatabaseAccess.required(options, config);
    try (var shutdown = new Shutdown()) {
      var directory = shutdown.opened(DataDirectory.open(options.dataDir));
      var addresses = Addresses.of(options, config);
      addresses.requireFree();
      var logs = shutdown.opened(Logs.to(directory.logs()));
      var metrics = new Metrics();
      var database =
          shutdown.opened(Database.open(url, Assembly.pools(config), Optional.of(metrics.pools())));
      if (!migrated(database, shutdown)) {
        return 0;
      }
      var stores = Assembly.stores(database, secrets);
      stores.checkSecrets();
      var inside = new ArrayList<Provider>();
      inside.add(Assembly.embeddings());
      if (config.sandbox().enabled()) {
        inside.add(Assembly.sandbox());
      }
      var providers = Assembly.providers(inside);
      Assembly.declared(options, stores, providers, metrics, shutdown);
      var gateway = shutdown.opened(new Gateway(
          Assembly.settings(options, addresses, config, secrets, providers, logs),
          database,
          metrics));
      directory.serving(gateway.dataPort(), gateway.adminPort());
      var out = spec.commandLine().getOut();
      out.println(
          "weir: serving on port " + gateway.dataPort() + ", admin on " + gateway.adminPort());
      out.flush();
      shutdown.await();
    }
    return 0;
  }

  /** Waits for a database that is not there yet, as a service does; false when the process is to end before it came. */
  private boolean migrated(Database database, Shutdown shutdown) throws InterruptedException {
    var told = false;
    do {
      try {
        Migrations.migrate(database);
        return true;
      } catch (StoreFailure.Unreachable failure) {
        if (!told) {
          var err = spec.commandLine().getErr();
          err.println("weir: " + failure.getMessage() + "\nweir: trying again every second …");
          err.flush();
          told = true;
        }
      }
    } while (!shutdown.askedWithin(AGAIN));
    return false;
  }
}
