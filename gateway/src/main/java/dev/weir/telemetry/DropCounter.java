package dev.weir.telemetry;

/** Hears of what was left out so that requests need not wait. Safe for many threads. */
@FunctionalInterface
public interface DropCounter {
  /** Nobody counts. */
  DropCounter NONE = (_, _) -> {};

  /**
   * So many traces were dropped.
   *
   * @param reason one of few
   */
  void dropped(String reason, int count);
}
