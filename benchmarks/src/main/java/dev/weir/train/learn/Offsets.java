package dev.weir.train.learn;

import dev.weir.guardrail.learned.Head;
import dev.weir.guardrail.learned.Weights;
import java.util.EnumMap;
import java.util.Map;

/** For each head, what is taken from the sums of short windows, middle ones and whole texts. Immutable. */
public record Offsets(Map<Head, Offset> offsets) {
  /** For one head. */
  public record Offset(float brief, float middle, float whole) {}

  /** Larger than any sum: windows of that size do not count. */
  private static final float NEVER = 1e6f;

  public Offsets {
    offsets = Map.copyOf(offsets);
  }

  private static Offsets all(Offset offset) {
    var offsets = new EnumMap<Head, Offset>(Head.class);
    for (var head : Head.values()) {
      offsets.put(head, offset);
    }
    return new Offsets(offsets);
  }

  public static Offsets none() {
    return all(new Offset(0, 0, 0));
  }

  static Offsets brief() {
    return all(new Offset(0, NEVER, NEVER));
  }

  static Offsets middle() {
    return all(new Offset(NEVER, 0, NEVER));
  }

  static Offsets whole() {
    return all(new Offset(NEVER, NEVER, 0));
  }

  Weights.Scale scale(Head head, float unit, float bias) {
    var offset = java.util.Objects.requireNonNull(offsets.get(head));
    return new Weights.Scale(unit, bias, offset.brief(), offset.middle(), offset.whole());
  }
}
