package dev.weir.telemetry;

/** Nanoseconds as milliseconds with two decimals, by hand: it is done several times a request. Stateless. */
public final class Milliseconds {
  private Milliseconds() {}

  /** Such as {@code 8.45}; a negative time counts as none. */
  public static String text(long nanos) {
    var text = new StringBuilder(12);
    append(text, nanos);
    return text.toString();
  }

  /** The same at the end of a text. */
  public static void append(StringBuilder text, long nanos) {
    var hundredths = Math.max(0, nanos) / 10_000;
    text.append(hundredths / 100).append('.');
    var rest = hundredths % 100;
    if (rest < 10) {
      text.append('0');
    }
    text.append(rest);
  }
}
