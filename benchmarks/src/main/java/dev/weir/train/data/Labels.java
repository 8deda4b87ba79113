package dev.weir.train.data;

import dev.weir.guardrail.learned.Head;
import java.util.Arrays;

/** What is known of a text, for each head: yes, no, or nothing. Immutable. */
public final class Labels {
  /** Nothing is known. */
  public static final Labels UNKNOWN = new Labels(filled(-1));

  /** No to everything. */
  public static final Labels CLEAN = new Labels(filled(0));

  /** No kind of toxicity; nothing is known of injection. */
  public static final Labels MILD = CLEAN.unknown(Head.INJECTION);

  private final byte[] values;

  private Labels(byte[] values) {
    this.values = values;
  }

  public boolean known(Head head) {
    return values[head.ordinal()] >= 0;
  }

  public boolean is(Head head) {
    return values[head.ordinal()] > 0;
  }

  public Labels yes(Head... heads) {
    return with(1, heads);
  }

  public Labels no(Head... heads) {
    return with(0, heads);
  }

  public Labels unknown(Head... heads) {
    return with(-1, heads);
  }

  private Labels with(int value, Head... heads) {
    var changed = values.clone();
    for (var head : heads) {
      changed[head.ordinal()] = (byte) value;
    }
    return new Labels(changed);
  }

  private static byte[] filled(int value) {
    var values = new byte[Head.COUNT];
    Arrays.fill(values, (byte) value);
    return values;
  }
}
