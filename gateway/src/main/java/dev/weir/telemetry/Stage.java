package dev.weir.telemetry;

/** The stages whose time {@code Server-Timing} shows, in the order of the header. */
public enum Stage {
  AUTH("auth"),
  LIMIT("limit"),
  GUARD("guard"),
  ROUTE("route"),
  UPSTREAM("upstream");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** The number of this stage's span among the parts of its request's; attempts count up from 1. */
  public int spanNumber() {
    return -1 - ordinal();
  }
}
