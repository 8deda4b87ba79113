package dev.weir.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's Prometheus: what is installed, else its package, fetched by apt and unpacked into {@code target/debian}. Stateless.
 */
final class Prometheus {
  private static final Path CACHE = Path.of("target/debian");

  private Prometheus() {}

  /** {@code prometheus} or {@code promtool}; empty where neither the program nor Debian's archive can be had. */
  static Optional<Path> program(String name) throws IOException, InterruptedException {
    var installed = Stream.of("/usr/bin", "/usr/local/bin")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
    if (installed.isPresent()) {
      return installed;
    }
    var unpacked = CACHE.resolve("usr/bin").resolve(name);
    if (!Files.isExecutable(unpacked)) {
      fetch();
    }
    return Optional.of(unpacked.toAbsolutePath()).filter(Files::isExecutable);
  }

  private static void fetch() throws IOException, InterruptedException {
    Files.createDirectories(CACHE);
    var script =
        "apt-get download -qq prometheus || { apt-get update -qq; apt-get download -qq prometheus; }"
            + " && dpkg-deb -x prometheus_*.deb . && rm prometheus_*.deb";
    var process = new ProcessBuilder(List.of("sh", "-c", script))
        .directory(CACHE.toFile())
        .redirectErrorStream(true)
        .redirectOutput(CACHE.resolve("apt.log").toFile())
        .start();
    if (!process.waitFor(180, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
