package dev.weir.config;

import java.util.Optional;

/** An amount of bytes as operators write it: {@code 32MiB}. Immutable. */
public record ByteSize(long bytes) {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

  /** Reads a whole number with one of the units B, KiB, MiB, GiB; empty for anything else. */
  static Optional<ByteSize> parse(String text) {
    for (var power = UNITS.length - 1; power >= 0; power--) {
      if (text.endsWith(UNITS[power])) {
        var number = text.substring(0, text.length() - UNITS[power].length()).strip();
        if (!number.matches("[0-9]{1,9}")) {
          return Optional.empty();
        }
        return Optional.of(new ByteSize(Long.parseLong(number) << (10 * power)));
      }
    }
    return Optional.empty();
  }

  static ByteSize mebibytes(int count) {
    return new ByteSize((long) count << 20);
  }

  /** With the largest unit that says it exactly. */
  @Override
  public String toString() {
    var power = 0;
    var number = bytes;
    while (power < UNITS.length - 1 && number != 0 && number % 1024 == 0) {
      number /= 1024;
      power++;
    }
    return number + UNITS[power];
  }
}
