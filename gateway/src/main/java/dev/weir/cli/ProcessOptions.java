package dev.weir.cli;

import dev.weir.config.GatewayConfig;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that {@code up} and {@code serve} share. Filled by the command line, then only read. */
final class ProcessOptions {
  @Option(
      names = "--data-dir",
      defaultValue = "./data",
      description = "where everything is kept (default ./data)")
  Path dataDir = Path.of("./data");

  @Option(names = "--port", description = "data port (default 8000)")
  Optional<Integer> port = Optional.empty();

  @Option(names = "--admin-port", description = "admin port (default 8001)")
  Optional<Integer> adminPort = Optional.empty();

  @Option(names = "--host", description = "address of the data port (default 0.0.0.0)")
  Optional<String> host = Optional.empty();

  @Option(names = "--config", description = "configuration file (YAML)")
  Optional<Path> config = Optional.empty();

  @Option(names = "--database-url", description = "postgresql://user:password@host:port/database")
  Optional<String> databaseUrl = Optional.empty();

  @Option(names = "--redis-url", description = "redis://user:password@host:port/0")
  Optional<String> redisUrl = Optional.empty();

  /** Where Redis is: the option, else {@code WEIR_REDIS_URL}, else {@code redis.url} of the file. */
  Optional<String> redisUrl(GatewayConfig config) {
    return redisUrl.or(() -> config.redis().url());
  }
}
