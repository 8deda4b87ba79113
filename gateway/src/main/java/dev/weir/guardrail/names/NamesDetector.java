package dev.weir.guardrail.names;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.protocol.Deadline;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds names of persons, places and organisations. Each word is judged by itself and two words on either side; what follows
 * one another is one name, whose score is the mean of its words'. Safe for many threads.
 */
public final class NamesDetector implements Detector {
  /** More words than this in a row are no name. */
  static final int MOST_WORDS = 8;

  private static final Set<String> IDS =
      Set.of(NameKind.PERSON.id(), NameKind.LOCATION.id(), NameKind.ORGANIZATION.id());
  /** How sure a word must be of to be part of a name. */
  private static final double LEAST = 0.3;

  /** How sure a name must be of; where F1 is highest on sources held out. */
  private static final double THRESHOLD = 0.4;

  private static final int LOOK = 1 << 10;
  private static final NameKind[] KINDS = NameKind.values();

  private final NameWeights weights;

  public NamesDetector(NameWeights weights) {
    this.weights = weights;
  }

  /** With this build's own weights. */
  public static NamesDetector shipped() {
    return new NamesDetector(Shipped.WEIGHTS);
  }

  // half a megabyte, read when first asked for
  private static final class Shipped {
    static final NameWeights WEIGHTS = NameWeights.shipped();
  }

  @Override
  public Set<String> guardrails() {
    return IDS;
  }

  @Override
  public double threshold(String guardrail) {
    return THRESHOLD;
  }

  /** One text while it is read: the words so far of a name that is open. */
  private final class Pass {
    private final NameTokens tokens;
    private final int[] buckets = new int[NameFeatures.COUNT];
    private final double[] scores = new double[NameKind.COUNT];

    Pass(String text) {
      tokens = NameTokens.of(text);
    }

    /** What a word is most likely part of; its score stands in {@link #scores}. */
    NameKind kind(int token) {
      if (!tokens.plain(token)) {
        return NameKind.OTHER;
      }
      NameFeatures.read(tokens, token, buckets);
      weights.score(buckets, scores);
      int best = 1;
      for (int i = 2; i < scores.length; i++) {
        best = scores[i] > scores[best] ? i : best;
      }
      return scores[best] < LEAST ? NameKind.OTHER : KINDS[best];
    }

    /** Whether a word goes on with what the word before it is part of. */
    boolean continues(int token, NameKind kind) {
      byte gap = tokens.gap(token);
      return gap == NameTokens.SPACE
          || gap == NameTokens.JOINED
          || (kind == NameKind.ORGANIZATION && tokens.ampersand(token))
          || (gap == NameTokens.STOP && tokens.shape(token - 1) == NameTokens.INITIAL);
    }
  }

  @Override
  public void scan(
      NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
    var pass = new Pass(text.text());
    var open = NameKind.OTHER;
    int first = 0;
    double sum = 0;
    int count = pass.tokens.count();
    for (int i = 0; i <= count; i++) {
      if (i % LOOK == 0 && deadline.passed()) {
        throw new DeadlinePassed();
      }
      var kind = i < count ? pass.kind(i) : NameKind.OTHER;
      if (kind != open || (i < count && i > 0 && !pass.continues(i, open))) {
        if (open != NameKind.OTHER && wanted.contains(open.id()) && i - first <= MOST_WORDS) {
          found.accept(new Finding(
              open.id(),
              text.originalStart(pass.tokens.start(first)),
              text.originalEnd(pass.tokens.end(i - 1)),
              sum / (i - first)));
        }
        open = kind;
        first = i;
        sum = 0;
      }
      sum += pass.scores[kind.ordinal()];
    }
  }

  /** A word is sure once the words that count have come behind it, and a name once it has ended. */
  @Override
  public int stableUntil(NormalizedText text, Set<String> wanted) {
    int stable = Detector.super.stableUntil(text, wanted);
    var pass = new Pass(text.text());
    int token = pass.tokens.count() - NameFeatures.REACH - 1;
    while (token > 0 && text.originalStart(pass.tokens.start(token)) > stable) {
      token--;
    }
    if (token <= 0) {
      return Math.min(stable, 0);
    }
    int walked = 0;
    while (token > 0 && walked <= 2 * MOST_WORDS && pass.kind(token - 1) != NameKind.OTHER) {
      token--;
      walked++;
    }
    return Math.min(stable, text.originalStart(pass.tokens.start(token)));
  }
}
