package dev.weir.telemetry;

/**
 * How much of an answer went to the client, to estimate its tokens by if its provider never says how many they were. Written by
 * one thread at a time.
 */
public final class Forwarded {
  private static final int BYTES_A_TOKEN = 4;
  private static final int FRAME_OF_A_WHOLE = 250;

  private long events;
  private long bytes;
  private long least = Long.MAX_VALUE;

  /** An event of a stream went out. */
  public void event(int length) {
    events++;
    bytes += length;
    least = Math.min(least, length);
  }

  /** An answer went out in one piece. */
  public void whole(int length) {
    bytes = Math.max(length - FRAME_OF_A_WHOLE, 0);
    least = 0;
  }

  /** A token an event, or for four bytes of what the events have beyond the smallest of them, whichever is more. */
  public long tokens() {
    var text = events == 0 ? bytes : bytes - events * least;
    return Math.max(events, text / BYTES_A_TOKEN);
  }
}
