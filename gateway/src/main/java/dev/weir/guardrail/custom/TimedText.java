package dev.weir.guardrail.custom;

import dev.weir.guardrail.Detector;
import dev.weir.protocol.Deadline;

/**
 * A text that refuses to be read on when its time is up, and lets others have the processor now and then: the one hold on a
 * library's loop. For one thread.
 */
final class TimedText implements CharSequence {
  private static final int CHECK_EVERY = 256;

  /** A multiple of {@link #CHECK_EVERY}; about a millisecond of the slowest pattern. */
  private static final int YIELD_EVERY = 16 << 10;

  private final String text;
  private final Deadline deadline;
  private int reads;

  TimedText(String text, Deadline deadline) {
    this.text = text;
    this.deadline = deadline;
  }

  /** Virtual threads are not taken off their carrier: a long scan would keep other tenants' requests waiting. */
  @SuppressWarnings("ThreadPriorityCheck")
  static void giveWay() {
    Thread.yield();
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (reads++ % CHECK_EVERY == 0) {
      if (deadline.passed()) {
        throw new Detector.DeadlinePassed();
      }
      if (reads % YIELD_EVERY == 1) {
        giveWay();
      }
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
