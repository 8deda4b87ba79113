package dev.weir.train.learn;

import dev.weir.guardrail.learned.Head;
import dev.weir.guardrail.learned.Weights;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** For each head, what is taken from the sums of each kind of window. Immutable. */
public record Offsets(Map<Head, Offset> offsets) {
  /** What a sum was taken over. */
  public enum Kind {
    /** A text no longer than a short window. */
    ALONE,
    SHORT,
    MIDDLE,
    WHOLE
  }

  /** For one head. */
  public record Offset(float alone, float brief, float middle, float whole) {
    float of(Kind kind) {
      return switch (kind) {
        case ALONE -> alone;
        case SHORT -> brief;
        case MIDDLE -> middle;
        case WHOLE -> whole;
      };
    }

    Offset plus(float more) {
      return new Offset(alone + more, brief + more, middle + more, whole + more);
    }
  }

  /** Larger than any sum: windows of that kind do not count. */
  private static final float NEVER = 1e6f;

  public Offsets {
    offsets = Map.copyOf(offsets);
  }

  /** Nothing for one kind, and the others out of the question. */
  static Offsets only(Kind kind) {
    var offsets = new EnumMap<Head, Offset>(Head.class);
    for (var head : Head.values()) {
      offsets.put(
          head,
          new Offset(
              kind == Kind.ALONE ? 0 : NEVER,
              kind == Kind.SHORT ? 0 : NEVER,
              kind == Kind.MIDDLE ? 0 : NEVER,
              kind == Kind.WHOLE ? 0 : NEVER));
    }
    return new Offsets(offsets);
  }

  Offset of(Head head) {
    return Objects.requireNonNull(offsets.get(head));
  }

  Weights.Scale scale(Head head, float unit, float bias) {
    var offset = of(head);
    return new Weights.Scale(
        unit, bias, offset.alone(), offset.brief(), offset.middle(), offset.whole());
  }
}
