package dev.weir.usage;

import java.util.List;

/** Where records are kept: the seam to the store. Used by one thread. */
@FunctionalInterface
public interface UsageSink {
  /**
   * Keeps these records, all or none; those it has already change nothing.
   *
   * @throws Unavailable when they cannot be kept now
   * @throws Refused when one of them never can be
   */
  void write(List<UsageRecord> records);

  /** The store cannot be written to now. */
  final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unavailable(Throwable cause) {
      super("usage cannot be written", cause);
    }
  }

  /** The store does not take what a record says. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refused(Throwable cause) {
      super("usage was refused: " + cause.getMessage(), cause);
    }
  }
}
