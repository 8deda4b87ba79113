package dev.weir.train.learn;

import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.learned.Evidence;
import dev.weir.guardrail.learned.Head;
import dev.weir.guardrail.learned.Scorer;
import dev.weir.protocol.Deadline;
import dev.weir.train.data.Example;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Asks the gateway's own scorer, once for each kind of window. Immutable. */
public final class Judge {
  private static final Deadline NEVER = Deadline.in(Duration.ofDays(1));
  // a score so near to one that its logarithm is lost
  private static final double SURE = 36;

  private final List<Scorer> scorers;

  public Judge(Training.Model model) {
    this.scorers = Stream.of(Offsets.Kind.values())
        .map(kind -> new Scorer(model.rounded(Offsets.only(kind))))
        .toList();
  }

  public List<Judged> judge(List<Example> examples) {
    return examples.parallelStream().map(this::judge).toList();
  }

  private Judged judge(Example example) {
    var text = NormalizedText.of(example.text());
    var sums = new double[Head.COUNT][scorers.size()];
    for (int size = 0; size < scorers.size(); size++) {
      var scores = scorers.get(size).score(text, NEVER);
      for (var head : Head.values()) {
        sums[head.ordinal()][size] = sum(scores.of(head));
      }
    }
    var shown = Evidence.shipped().of(text.text());
    var evidence =
        Stream.of(Head.values()).mapToDouble(head -> sum(shown.score(head))).toArray();
    return new Judged(example, sums, evidence);
  }

  private static double sum(double score) {
    if (score == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return score == 1 ? SURE : StrictMath.log(score / (1 - score));
  }
}
