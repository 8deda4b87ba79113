package dev.weir.bench;

import dev.weir.bench.report.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Says what machine this is, as far as figures depend on it. Stateless. */
final class MachineReport {
  private MachineReport() {}

  static Results.Machine read() {
    return new Results.Machine(
        field("/proc/cpuinfo", "model name"),
        onlineCores(),
        System.getProperty("os.version"),
        Long.parseLong("0" + field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024,
        Runtime.version().toString(),
        Stream.of(List.of("haproxy", "-v"), List.of("nginx", "-v"), List.of("wrk", "-v"))
            .map(MachineReport::firstLine)
            .filter(line -> !line.isEmpty())
            .toList());
  }

  /** All of the machine, not only those that this process is bound to. */
  private static int onlineCores() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      return (int) lines.filter(line -> line.matches("cpu\\d+ .*")).count();
    } catch (IOException none) {
      return 0;
    }
  }

  private static String field(String file, String name) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException none) {
      return "";
    }
  }

  private static String firstLine(List<String> command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var out = process.getInputStream()) {
        var text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("");
      }
    } catch (IOException notInstalled) {
      return "";
    }
  }
}
