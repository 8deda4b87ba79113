package dev.weir.guardrail.secrets;

import dev.weir.guardrail.pii.Found;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Prints how many secrets are found per megabyte of a folder's text files, by id. Not a test. */
public final class SecretsFigures {
  private SecretsFigures() {}

  public static void main(String[] arguments) throws IOException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var detector = new SecretsDetector();
    var byId = new TreeMap<String, Integer>();
    long characters = 0;
    long nanos = 0;
    try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
      for (var file : files
          .filter(Files::isRegularFile)
          .filter(file -> file.toFile().length() < 1 << 20)
          .toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
          continue;
        }
        characters += text.length();
        long start = System.nanoTime();
        var found = Found.in(detector, text, detector.guardrails());
        nanos += System.nanoTime() - start;
        for (var find : found) {
          byId.merge(find.guardrail(), 1, Integer::sum);
          if (arguments.length > 1) {
            out.println(find.guardrail() + " " + file + ": "
                + text.substring(
                        Math.max(0, find.start() - 30),
                        Math.min(text.length(), Math.min(find.end(), find.start() + 120)))
                    .replace('\n', ' '));
          }
        }
      }
    }
    int all = byId.values().stream().mapToInt(Integer::intValue).sum();
    out.printf(
        "%.1f MB, %d findings, %.2f per MB %s, %.0f MB/s with reading offsets and normalising%n",
        characters / 1e6, all, all * 1e6 / characters, byId, characters * 1e3 / nanos);
  }
}
