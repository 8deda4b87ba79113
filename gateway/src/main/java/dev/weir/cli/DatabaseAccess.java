package dev.weir.cli;

import dev.weir.config.ConfigFailure;
import dev.weir.config.GatewayConfig;
import dev.weir.config.Secrets;
import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.store.Migrations;
import dev.weir.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Finds database and secrets for a command: options, environment, file, then a running quickstart's folder. Stateless. */
final class DatabaseAccess {
  private DatabaseAccess() {}

  /** The database that the operator names, if one is named. */
  static Optional<DatabaseUrl> given(ProcessOptions options, GatewayConfig config) {
    return options.databaseUrl.or(() -> config.database().url()).map(DatabaseUrl::parse);
  }

  /** The same, without which production does not start. */
  static DatabaseUrl required(ProcessOptions options, GatewayConfig config) {
    return given(options, config)
        .orElseThrow(() -> new ConfigFailure("no database is named.\n"
            + "Set database.url in the file, WEIR_DATABASE_URL, or --database-url"));
  }

  /** The database that a command beside a running gateway means. */
  static DatabaseUrl running(ProcessOptions options, GatewayConfig config) throws IOException {
    var named = given(options, config);
    if (named.isPresent()) {
      return named.get();
    }
    var file = options.dataDir.resolve("postgres.env");
    if (!Files.exists(file)) {
      throw new ConfigFailure("no database is named, and there is none of its own in "
          + options.dataDir.toAbsolutePath().normalize()
          + ".\nName one (--database-url URL, WEIR_DATABASE_URL), or the folder: --data-dir DIR");
    }
    var values = values(file);
    return new DatabaseUrl(
        values.getOrDefault("PGHOST", "127.0.0.1"),
        Integer.parseInt(values.getOrDefault("PGPORT", "5432")),
        values.getOrDefault("PGDATABASE", "ai_gateway"),
        values.getOrDefault("PGUSER", "postgres"),
        values.getOrDefault("PGPASSWORD", ""),
        "");
  }

  /** The secrets of that gateway: the data folder's where it has some, else the environment's. */
  static Secrets secrets(ProcessOptions options) throws IOException {
    return Files.exists(options.dataDir.resolve("secrets.env"))
        ? Secrets.forQuickstart(options.dataDir, Assembly.environment())
        : Secrets.forProduction(Assembly.environment());
  }

  /**
   * Runs a command on the stores of that gateway, if the schema is this build's and the secrets fit.
   *
   * @return what the command ends with
   */
  static int stores(ProcessOptions options, ToIntFunction<Stores> command) throws IOException {
    var url = running(options, Assembly.config(options));
    var secrets = secrets(options);
    try (var database = Database.open(url, Database.Settings.DEFAULT, Optional.empty())) {
      Migrations.requireCurrent(database);
      var stores = Assembly.stores(database, secrets);
      stores.checkSecrets();
      return command.applyAsInt(stores);
    }
  }

  private static Map<String, String> values(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.matches("[A-Z]+=.*"))
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (_, last) -> last));
  }
}
