package dev.weir.bench.wire;

/**
 * The time at which a frame was sent, written into its text as {@code ~} and 19 digits of {@link System#nanoTime}.
 *
 * <p>Both ends read the same monotonic clock of one machine, so the difference is the way between them. It travels in the
 * answer's text because that survives gateways which rebuild the document. Not thread-safe.
 */
public final class SendTime {
  /** Bytes of a mark. */
  public static final int LENGTH = 20;

  private static final byte MARK = '~';

  /** Takes the times found. */
  @FunctionalInterface
  public interface Found {
    void sentAt(long nanoTime);
  }

  /** Digits still to come of a mark that has begun. */
  private int missing;

  private long value;

  /** Writes a mark over {@link #LENGTH} bytes. */
  public static void write(byte[] frame, int offset, long nanoTime) {
    frame[offset] = MARK;
    long rest = nanoTime;
    for (int i = offset + LENGTH - 1; i > offset; i--) {
      frame[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Looks for marks in the next bytes of a stream, also where they are cut. */
  public void scan(byte[] bytes, int from, int to, Found found) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == MARK) {
        missing = LENGTH - 1;
        value = 0;
      } else if (missing > 0) {
        value = value * 10 + b - '0';
        if (--missing == 0) {
          found.sentAt(value);
        }
      }
    }
  }
}
