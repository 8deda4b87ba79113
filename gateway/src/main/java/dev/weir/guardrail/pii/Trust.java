package dev.weir.guardrail.pii;

/** What a find needs to be reported, and the score it then gets. */
enum Trust {
  /** A checksum and a structure of its own: reported wherever it stands. */
  CHECKED(1.0, 1.0, 1.0),
  /** A checksum: reported when written in groups; as a plain string only where context says what it is. */
  CHECKED_WRITTEN(1.0, 1.0, 0),
  /** A checksum that too many numbers meet: reported only with context. */
  CHECKED_IN_CONTEXT(1.0, 0, 0),
  /** A structure of its own, without checksum. */
  SHAPED(0.85, 0.6, 0.6),
  SHAPED_WRITTEN(0.85, 0.6, 0),
  SHAPED_IN_CONTEXT(0.85, 0, 0);

  private final double inContext;
  private final double written;
  private final double plain;

  Trust(double inContext, double written, double plain) {
    this.inContext = inContext;
    this.written = written;
    this.plain = plain;
  }

  /** 1.0 with a checksum; 0.85 for a structure that context confirms. */
  double inContext() {
    return inContext;
  }

  /** Score of a find in groups, without context; 0 when that is not enough. */
  double written() {
    return written;
  }

  /** Score of a find in one run, without context; 0 when that is not enough. */
  double plain() {
    return plain;
  }

  boolean checked() {
    return inContext == 1.0;
  }
}
