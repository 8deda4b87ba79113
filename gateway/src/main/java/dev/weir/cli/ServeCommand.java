package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.config.ConfigFailure;
import dev.weir.config.GatewayConfig;
import dev.weir.config.Secrets;
import dev.weir.identity.ApiKeyFormat;
import dev.weir.identity.KeyHasher;
import dev.weir.provider.Provider;
import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.store.Migrations;
import dev.weir.store.TenancyStore;
import dev.weir.telemetry.Logs;
import dev.weir.telemetry.Metrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir serve}: production. Nothing is seeded, and nothing is guessed. */
@Command(name = "serve", description = "Serves in production, by a configuration file.")
final class ServeCommand implements Callable<Integer> {
  @Mixin
  private ProcessOptions options = new ProcessOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (options.config.isEmpty()) {
      throw new ConfigFailure("serve needs --config FILE; begin with config/weir.example.yaml");
    }
    var config = Assembly.config(options);
    var secrets = Secrets.forProduction(Assembly.environment());
    var url = databaseUrl(options, config);
    try (var shutdown = new Shutdown()) {
      var directory = shutdown.opened(DataDirectory.open(options.dataDir));
      var logs = shutdown.opened(Logs.to(directory.logs()));
      var hasher = new KeyHasher(secrets.pepperBytes());
      var metrics = new Metrics();
      var database =
          shutdown.opened(Database.open(url, Assembly.pools(config), Optional.of(metrics.pools())));
      Migrations.migrate(database);
      new TenancyStore(database, hasher, new ApiKeyFormat(hasher)).checkPepper();
      var inside = new ArrayList<Provider>();
      inside.add(Assembly.embeddings());
      if (config.sandbox().map(GatewayConfig.Sandbox::enabled).orElse(false)) {
        inside.add(Assembly.sandbox());
      }
      var gateway = shutdown.opened(new Gateway(
          Assembly.settings(options, config, hasher, Assembly.providers(config, inside), logs),
          database,
          metrics));
      var out = spec.commandLine().getOut();
      out.println(
          "weir: serving on port " + gateway.dataPort() + ", admin on " + gateway.adminPort());
      out.flush();
      shutdown.await();
    }
    return 0;
  }

  static DatabaseUrl databaseUrl(ProcessOptions options, GatewayConfig config) {
    return DatabaseUrl.parse(options
        .databaseUrl
        .or(() -> Optional.ofNullable(Assembly.environment().get("WEIR_DATABASE_URL")))
        .or(() -> config.database().map(GatewayConfig.DatabaseSection::url))
        .orElseThrow(() -> new ConfigFailure(
            "no database: set database.url in the file, WEIR_DATABASE_URL, or --database-url")));
  }
}
