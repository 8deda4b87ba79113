package dev.weir.snapshot;

/** The snapshot that holds now. Safe for many threads: one volatile field. */
public final class Snapshots {
  private volatile Snapshot current;

  public Snapshots(Snapshot first) {
    this.current = first;
  }

  public Snapshot current() {
    return current;
  }

  /** Makes another snapshot the one that following requests see; those under way keep theirs. */
  public void publish(Snapshot next) {
    current = next;
  }
}
