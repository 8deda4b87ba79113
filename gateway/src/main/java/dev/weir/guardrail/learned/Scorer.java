package dev.weir.guardrail.learned;

import dev.weir.guardrail.Detector.DeadlinePassed;
import dev.weir.guardrail.NormalizedText;
import dev.weir.protocol.Deadline;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Scores a text for all heads in one pass. Safe for many threads: each call takes a workspace from a small shelf, or
 * makes one.
 */
public final class Scorer {
  private static final int SHELF = 8;
  private static final int PIECES_BETWEEN_LOOKS = 64;

  private final Weights weights;
  private final AtomicReferenceArray<Workspace> shelf = new AtomicReferenceArray<>(SHELF);

  private record Workspace(Features features, Windows windows) {}

  /** The scorer of this build's own weights; all callers share it. */
  public static Scorer shipped() {
    return Shipped.SCORER;
  }

  // two megabytes, read when first asked for
  private static final class Shipped {
    static final Scorer SCORER = new Scorer(Weights.shipped());
  }

  public Scorer(Weights weights) {
    this.weights = weights;
  }

  public Weights weights() {
    return weights;
  }

  /**
   * How sure the model is.
   *
   * @throws DeadlinePassed when the text was too long for the time
   */
  public Scores score(NormalizedText text, Deadline deadline) {
    int place = (int) Thread.currentThread().threadId() & (SHELF - 1);
    var taken = shelf.getAndSet(place, null);
    var workspace = taken == null ? new Workspace(new Features(), new Windows()) : taken;
    try {
      read(workspace, text.text(), deadline);
      return scores(workspace.windows(), text);
    } finally {
      shelf.set(place, workspace);
    }
  }

  private void read(Workspace workspace, String text, Deadline deadline) {
    var features = workspace.features();
    var windows = workspace.windows();
    features.begin(text);
    windows.begin(text.length());
    int pieces = 0;
    while (features.next()) {
      if (++pieces % PIECES_BETWEEN_LOOKS == 0 && deadline.passed()) {
        throw new DeadlinePassed();
      }
      windows.add(features, weights);
    }
    windows.finish(text.length(), weights);
    features.begin("");
  }

  private static Scores scores(Windows windows, NormalizedText text) {
    var scores = new double[Head.COUNT];
    var starts = new int[Head.COUNT];
    var ends = new int[Head.COUNT];
    var toxic = Head.TOXICITY;
    for (var head : HEADS) {
      toxic = head != Head.INJECTION && windows.best(head) > windows.best(toxic) ? head : toxic;
    }
    for (var head : HEADS) {
      int at = head.ordinal();
      // what is any category is toxic
      var decides = head == Head.TOXICITY ? toxic : head;
      double best = windows.best(decides);
      if (best != Double.NEGATIVE_INFINITY) {
        scores[at] = 1 / (1 + StrictMath.exp(-best));
        starts[at] = text.originalStart(windows.start(decides));
        ends[at] = text.originalEnd(windows.end(decides));
      }
    }
    return new Scores(scores, starts, ends);
  }

  private static final Head[] HEADS = Head.values();
}
