package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.HeadStart;
import dev.weir.config.GatewayConfig;
import dev.weir.config.Secrets;
import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.store.Migrations;
import dev.weir.store.TenancyStore;
import dev.weir.store.embedded.EmbeddedPostgres;
import dev.weir.telemetry.Logs;
import dev.weir.telemetry.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything on one machine, running: database, demo tenant, gateway. Immutable.
 *
 * @param key the demo key, where this database knows the one in the data folder
 * @param token an owner's token of the admin plane
 */
record Quickstart(DataDirectory directory, Gateway gateway, Optional<String> key, String token) {

  /**
   * Starts all parts in order; what was started is closed by {@code shutdown}, also when a later part fails.
   *
   * @param given the database to use; absent: one of its own in the data folder
   * @param progress is told, in words, what takes longer than a moment
   */
  static Quickstart start(
      ProcessOptions options,
      GatewayConfig config,
      Optional<DatabaseUrl> given,
      Shutdown shutdown,
      Consumer<String> progress)
      throws IOException {
    var directory = shutdown.opened(DataDirectory.open(options.dataDir));
    var addresses = Addresses.of(options, config);
    addresses.requireFree();
    var logs = shutdown.opened(Logs.to(directory.logs()));
    requireSecretsOfData(directory, given);
    HeadStart.begin();
    var secrets = Secrets.forQuickstart(directory.path(), Assembly.environment());
    var metrics = new Metrics();
    var url = given.isPresent() ? given.get() : embedded(directory, secrets, shutdown, progress);
    var database =
        shutdown.opened(Database.open(url, Assembly.pools(config), Optional.of(metrics.pools())));
    Migrations.migrate(database);
    var stores = Assembly.stores(database, secrets);
    stores.checkSecrets();
    var providers = Assembly.providers(List.of(Assembly.sandbox(), Assembly.embeddings()));
    Assembly.declared(options, stores, providers, metrics, shutdown);
    var store = stores.tenancy();
    var key = demoKey(directory, store);
    var token = adminToken(directory, store);
    var gateway = shutdown.opened(new Gateway(
        Assembly.settings(options, addresses, config, secrets, providers, logs),
        database,
        metrics));
    directory.serving(gateway.dataPort(), gateway.adminPort());
    return new Quickstart(directory, gateway, key, token);
  }

  /** New secrets would be made for data that only the lost ones open. */
  private static void requireSecretsOfData(DataDirectory directory, Optional<DatabaseUrl> given) {
    var file = directory.path().resolve("secrets.env");
    if (given.isEmpty() && EmbeddedPostgres.hasData(directory.postgres()) && !Files.exists(file)) {
      throw new StartFailure(
          file + " is gone, and without it the data beside it cannot be opened.",
          "Restore it from your backup, or take another folder: --data-dir DIR");
    }
  }

  private static DatabaseUrl embedded(
      DataDirectory directory, Secrets secrets, Shutdown shutdown, Consumer<String> progress)
      throws IOException {
    var postgres = shutdown.opened(
        EmbeddedPostgres.start(directory.postgres(), secrets.postgresPassword(), progress));
    var url = postgres.url();
    directory.writeSecret(
        "postgres.env",
        "PGHOST=" + url.host() + "\nPGPORT=" + url.port() + "\nPGUSER=postgres\nPGPASSWORD="
            + url.password() + "\nPGDATABASE=" + url.database()
            + "\nexport PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE");
    return url;
  }

  private static Optional<String> demoKey(DataDirectory directory, TenancyStore store)
      throws IOException {
    var made = store.seedDemo();
    if (made.isPresent()) {
      directory.writeSecret("demo-key", made.get());
    }
    // the folder may have been used with another database before, whose key is of no use here
    return directory.readSecret("demo-key").filter(store::knowsKey);
  }

  private static String adminToken(DataDirectory directory, TenancyStore store) throws IOException {
    var stored = directory.readSecret("admin-token").filter(store::knowsAdmin);
    if (stored.isPresent()) {
      return stored.get();
    }
    var made = store.createOwner("up");
    directory.writeSecret("admin-token", made);
    return made;
  }
}
