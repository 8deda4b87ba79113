package dev.weir.train.learn;

import dev.weir.guardrail.learned.Head;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Finds the offsets at which one benign prompt in a hundred is taken for an attack, and one in a hundred for any kind of
 * toxicity. Every source counts as much as every other, however many prompts it has, but those of one kind only count
 * half. Stateless.
 */
public final class Calibration {
  private static final double FALSE_POSITIVES = 0.01;

  // what toxicity may spend is spent on the head that knows all sources, the rest shared by the
  // categories
  private static final double ANY_KIND = 0.007;
  private static final double ONE_KIND = 0.002;

  // the categories know few sources: safe sentences that sound unsafe stand nearer to them than the
  // benign prompts do
  private static final float CAUTION = 0.4f;

  // as prompts full of the words of attacks do to attacks
  private static final float TRIGGERS = 0.3f;

  private static final Map<String, Double> SHARES =
      Map.of("benign-gsm8k", 0.5, "benign-hh-harmless", 0.5);

  private Calibration() {}

  /**
   * The offsets.
   *
   * @param judged texts with what models say of them that never saw their source
   */
  public static Offsets offsets(List<Judged> judged) {
    var prompts = judged.stream()
        .filter(one -> one.example().source().startsWith("benign-"))
        .toList();
    var offsets = new EnumMap<Head, Offsets.Offset>(Head.class);
    for (var head : Head.values()) {
      offsets.put(head, offset(clean(prompts, head), head, allowed(head)));
    }
    // toxicity has seven heads: together they may not be wrong more often than injection alone
    float together = (float)
        quantile(clean(prompts, Head.TOXICITY), FALSE_POSITIVES, one -> worst(one, offsets));
    Stream.of(Head.values())
        .filter(head -> head != Head.INJECTION)
        .forEach(head -> offsets.computeIfPresent(
            head, (_, own) -> own.plus(head == Head.TOXICITY ? together : together + CAUTION)));
    offsets.computeIfPresent(Head.INJECTION, (_, own) -> own.plus(TRIGGERS));
    return new Offsets(offsets);
  }

  private static double allowed(Head head) {
    return switch (head) {
      case INJECTION -> FALSE_POSITIVES;
      case TOXICITY -> ANY_KIND;
      default -> ONE_KIND;
    };
  }

  private static double worst(Judged one, Map<Head, Offsets.Offset> offsets) {
    double worst = Double.NEGATIVE_INFINITY;
    for (var entry : offsets.entrySet()) {
      if (entry.getKey() != Head.INJECTION) {
        worst = Math.max(worst, one.margin(entry.getKey(), entry.getValue()));
      }
    }
    return worst;
  }

  private static List<Judged> clean(List<Judged> judged, Head head) {
    return judged.stream()
        .filter(
            one -> one.example().labels().known(head) && !one.example().labels().is(head))
        .toList();
  }

  private static Offsets.Offset offset(List<Judged> clean, Head head, double rate) {
    var values = Stream.of(Offsets.Kind.values())
        .map(kind -> (float) quantile(clean, rate, one -> one.sum(head, kind)))
        .toList();
    var each = new Offsets.Offset(values.get(0), values.get(1), values.get(2), values.get(3));
    // a long text has windows of three kinds: each alone stays below, together they may not
    var longer = clean.stream()
        .filter(one -> one.sum(head, Offsets.Kind.ALONE) == Double.NEGATIVE_INFINITY)
        .toList();
    float together = (float) quantile(longer, rate, one -> one.margin(head, each));
    return new Offsets.Offset(
        each.alone(), each.brief() + together, each.middle() + together, each.whole() + together);
  }

  /** The value that this share of the texts exceeds, among those that have one. */
  private static double quantile(List<Judged> clean, double rate, ToDoubleFunction<Judged> value) {
    var counts = new HashMap<String, Integer>();
    var sorted = new ArrayList<Judged>();
    for (var one : clean) {
      if (value.applyAsDouble(one) != Double.NEGATIVE_INFINITY) {
        sorted.add(one);
        counts.merge(one.example().source(), 1, Integer::sum);
      }
    }
    sorted.sort(Comparator.comparingDouble(value).reversed());
    double allowed =
        rate * counts.keySet().stream().mapToDouble(Calibration::share).sum();
    double spent = 0;
    for (var one : sorted) {
      var source = one.example().source();
      spent += share(source) / counts.getOrDefault(source, 1);
      if (spent > allowed) {
        return value.applyAsDouble(one);
      }
    }
    return 0;
  }

  private static double share(String source) {
    return SHARES.getOrDefault(source, 1.0);
  }
}
