package dev.weir.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Saturation by wrk, where it is installed: cheaper than a generator in Java, so that more of the load core is left to the
 * mock. Counts requests and failures; its latency histogram stays empty.
 *
 * @param connections kept alive, on one thread
 */
public record WrkLoad(int connections) implements Load {
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
  private static final Pattern NOT_OK = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern SOCKET =
      Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

  @Override
  public Outcome run(Destination destination, Window window)
      throws IOException, InterruptedException {
    var script = Files.createTempFile("weir-bench", ".lua");
    try {
      Files.writeString(script, script(destination));
      if (!window.warmUp().isZero()) {
        var _ = wrk(destination, script, window.warmUp());
      }
      window.border().begins();
      var begin = System.nanoTime();
      var report = wrk(destination, script, window.length());
      var nanos = System.nanoTime() - begin;
      window.border().ends();
      return outcome(report, nanos);
    } finally {
      Files.delete(script);
    }
  }

  /** Reads what wrk prints. */
  static Outcome outcome(String report, long nanos) {
    var requests = REQUESTS.matcher(report);
    if (!requests.find()) {
      throw new UncheckedIOException(new IOException("wrk said: " + report));
    }
    var failures = sum(NOT_OK.matcher(report)) + sum(SOCKET.matcher(report));
    return new Outcome(
        Long.parseLong(requests.group(1)) - sum(NOT_OK.matcher(report)),
        failures,
        failures == 0 ? "" : "wrk counted failures",
        nanos,
        Tally.empty(),
        Tally.empty());
  }

  private static long sum(Matcher matcher) {
    long sum = 0;
    if (matcher.find()) {
      for (int i = 1; i <= matcher.groupCount(); i++) {
        sum += Long.parseLong(matcher.group(i));
      }
    }
    return sum;
  }

  private String wrk(Destination destination, Path script, Duration length)
      throws IOException, InterruptedException {
    var seconds = Math.max(1, Math.round(length.toMillis() / 1000.0));
    var process = new ProcessBuilder(
            "wrk",
            "-t1",
            "-c" + connections,
            "-d" + seconds + "s",
            "-s",
            script.toString(),
            "http://127.0.0.1:" + destination.address().getPort() + "/")
        .redirectErrorStream(true)
        .start();
    try (var out = process.getInputStream()) {
      var report = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("wrk failed: " + report);
      }
      return report;
    } finally {
      process.destroy();
    }
  }

  /** The request as it stands: wrk sends what the script hands over, untouched. */
  private static String script(Destination destination) {
    var text = new String(destination.request(), StandardCharsets.US_ASCII);
    var quoted =
        text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "\\r").replace("\n", "\\n");
    return "local whole = \"" + quoted + "\"\nwrk.format = function() return whole end\n";
  }
}
