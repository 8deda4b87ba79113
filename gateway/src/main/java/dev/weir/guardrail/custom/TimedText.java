package dev.weir.guardrail.custom;

import dev.weir.guardrail.Detector;
import dev.weir.protocol.Deadline;

/** A text that refuses to be read on when its time is up: the one hold on a library's loop. For one thread. */
final class TimedText implements CharSequence {
  private static final int CHECK_EVERY = 256;

  private final String text;
  private final Deadline deadline;
  private int reads;

  TimedText(String text, Deadline deadline) {
    this.text = text;
    this.deadline = deadline;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (reads++ % CHECK_EVERY == 0 && deadline.passed()) {
      throw new Detector.DeadlinePassed();
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
