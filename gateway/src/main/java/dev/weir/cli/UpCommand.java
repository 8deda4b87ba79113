package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.config.Secrets;
import dev.weir.identity.ApiKeyFormat;
import dev.weir.identity.KeyHasher;
import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.store.Migrations;
import dev.weir.store.TenancyStore;
import dev.weir.store.embedded.EmbeddedPostgres;
import dev.weir.telemetry.Logs;
import dev.weir.telemetry.Metrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir up}: everything on one machine, with a demo key to begin with. */
@Command(
    name = "up",
    description = "Starts everything on this machine, and prints what to paste next.")
final class UpCommand implements Callable<Integer> {
  @Mixin
  private ProcessOptions options = new ProcessOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var out = spec.commandLine().getOut();
    var config = Assembly.config(options);
    try (var shutdown = new Shutdown()) {
      var directory = shutdown.opened(DataDirectory.open(options.dataDir));
      checkPort(options.port.orElse(8000));
      checkPort(options.adminPort.orElse(8001));
      var logs = shutdown.opened(Logs.to(directory.logs()));
      var secrets = Secrets.forQuickstart(directory.path(), Assembly.environment());
      var hasher = new KeyHasher(secrets.pepperBytes());
      var metrics = new Metrics();
      var url = databaseUrl(directory, secrets, shutdown);
      var database =
          shutdown.opened(Database.open(url, Assembly.pools(config), Optional.of(metrics.pools())));
      Migrations.migrate(database);
      seed(directory, new TenancyStore(database, hasher, new ApiKeyFormat(hasher)));
      var providers =
          Assembly.providers(config, List.of(Assembly.sandbox(), Assembly.embeddings()));
      var gateway = shutdown.opened(new Gateway(
          Assembly.settings(options, config, hasher, providers, logs), database, metrics));
      banner(out, gateway, directory);
      shutdown.await();
      out.println("weir: draining, at most 30 s …");
      out.flush();
    }
    out.println("weir: stopped");
    return 0;
  }

  private DatabaseUrl databaseUrl(DataDirectory directory, Secrets secrets, Shutdown shutdown)
      throws IOException {
    var given = options.databaseUrl.or(
        () -> Optional.ofNullable(Assembly.environment().get("WEIR_DATABASE_URL")));
    if (given.isPresent()) {
      return DatabaseUrl.parse(given.get());
    }
    var postgres = shutdown.opened(
        EmbeddedPostgres.start(directory.path().resolve("postgres"), secrets.postgresPassword()));
    var url = postgres.url();
    directory.writeSecret(
        "postgres.env",
        "PGHOST=" + url.host() + "\nPGPORT=" + url.port() + "\nPGUSER=postgres\nPGPASSWORD="
            + url.password() + "\nPGDATABASE=" + url.database()
            + "\nexport PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE");
    return url;
  }

  private static void seed(DataDirectory directory, TenancyStore store) throws IOException {
    store.checkPepper();
    var key = store.seedDemo();
    if (key.isPresent()) {
      directory.writeSecret("demo-key", key.get().text());
    }
    if (directory.readSecret("admin-token").isEmpty()) {
      directory.writeSecret("admin-token", store.createOwner("up"));
    }
  }

  private static void checkPort(int port) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress("0.0.0.0", port));
    } catch (IOException taken) {
      throw new dev.weir.config.ConfigFailure("port " + port + " is taken by another program."
          + " Stop it, or take others: --port N --admin-port N");
    }
  }

  private static void banner(PrintWriter out, Gateway gateway, DataDirectory directory)
      throws IOException {
    var started = ManagementFactory.getRuntimeMXBean().getUptime();
    var base = "http://localhost:" + gateway.dataPort();
    var key = directory.readSecret("demo-key").orElse("YOUR-KEY");
    out.printf("%nWeir is up (%d.%d s).%n%n", started / 1000, started % 1000 / 100);
    out.println("  data     " + base + "/v1");
    out.println("  admin    http://localhost:" + gateway.adminPort() + "  (metrics: /metrics)");
    out.println("  key      " + key);
    out.println("  token    " + directory.readSecret("admin-token").orElse("-"));
    out.println("  logs     " + directory.logs().resolve("gateway.log"));
    out.println();
    out.println("Paste one of these:");
    out.println();
    out.println(curl("curl", base, key, "\"model\":\"sandbox-echo\""));
    out.println();
    out.println(curl("curl -N", base, key, "\"model\":\"sandbox-echo\",\"stream\":true"));
    out.println();
    out.println("Ctrl-C stops.");
    out.flush();
  }

  private static String curl(String command, String base, String key, String members) {
    return "  " + command + " " + base + "/v1/chat/completions -H 'Authorization: Bearer " + key
        + "' -H 'Content-Type: application/json' -d '{" + members
        + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello, river\"}]}'";
  }
}
