package dev.weir.train.learn;

import dev.weir.guardrail.learned.Features;
import dev.weir.guardrail.learned.Head;
import dev.weir.guardrail.learned.Weights;
import dev.weir.train.data.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Learns all heads from examples. Two rounds: the first without the windows that long attacks were cut into, the second
 * with those of them that the first found to attack. Read-only after construction; many models can be made from it.
 */
public final class Training {
  private static final float USUAL_COUNT = 1000;
  private static final float SMALL_SOURCES = 0.3f;
  private static final int BYTE = 127;

  private final List<Example> examples;
  private final List<List<Bag>> bags;
  private final long seed;

  public Training(List<Example> examples, long seed) {
    this.examples = List.copyOf(examples);
    this.seed = seed;
    this.bags = cut(this.examples);
  }

  private static List<List<Bag>> cut(List<Example> examples) {
    var counts = new HashMap<String, Integer>();
    examples.forEach(example -> counts.merge(example.source(), 1, Integer::sum));
    var cutter = new Cutter();
    var bags = new ArrayList<List<Bag>>(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      var example = examples.get(i);
      int count = counts.getOrDefault(example.source(), 1);
      float share = (float) StrictMath.pow(USUAL_COUNT / count, SMALL_SOURCES);
      bags.add(cutter.cut(example.weighing(example.weight() * Math.min(3, share)), i));
    }
    return bags;
  }

  /** A model of the examples whose source is wanted. */
  public Model learn(Predicate<Example> wanted) {
    var first = new ArrayList<Bag>();
    var candidates = new ArrayList<Bag>();
    var seen = new HashSet<String>();
    for (int i = 0; i < examples.size(); i++) {
      if (wanted.test(examples.get(i)) && seen.add(examples.get(i).text())) {
        for (var bag : bags.get(i)) {
          (bag.candidate() ? candidates : first).add(bag);
        }
      }
    }
    var regressions = IntStream.range(0, Head.COUNT)
        .parallel()
        .mapToObj(at -> {
          var regression = new Regression(Head.values()[at], Regression.Rate.USUAL);
          regression.learn(first, seed);
          return regression;
        })
        .toList();
    var model = new Model(regressions);
    // of all heads only attacks come in texts so long that most of them is something else
    var second = new ArrayList<>(first);
    second.addAll(convincing(candidates, model));
    regressions.get(Head.INJECTION.ordinal()).again(second, seed + 1);
    return model;
  }

  /** For each example the better half of its candidates, where the first round says yes to them. */
  private static List<Bag> convincing(List<Bag> candidates, Model rough) {
    Map<Integer, List<Bag>> byExample = new TreeMap<>();
    candidates.forEach(
        bag -> byExample.computeIfAbsent(bag.example(), _ -> new ArrayList<>()).add(bag));
    var chosen = new ArrayList<Bag>();
    byExample.values().forEach(own -> {
      var best = own.stream()
          .sorted(Comparator.comparingDouble((Bag bag) -> -rough.surest(bag)))
          .limit((own.size() + 1) / 2)
          .filter(bag -> rough.surest(bag) > 0)
          .toList();
      best.forEach(bag -> chosen.add(bag.settled(bag.weight())));
    });
    return chosen;
  }

  /** Weights as numbers, before they are rounded to bytes. */
  public static final class Model {
    private final List<Regression> heads;

    Model(List<Regression> heads) {
      this.heads = heads;
    }

    /** The sum for the head that is surest among those that the bag's labels affirm. */
    double surest(Bag bag) {
      double best = Double.NEGATIVE_INFINITY;
      for (var head : Head.values()) {
        if (bag.labels().is(head)) {
          var regression = heads.get(head.ordinal());
          best = Math.max(best, bag.dot(regression.weights()) + regression.bias());
        }
      }
      return best;
    }

    /** One head's weight of a feature. */
    public float weight(int bucket, Head head) {
      return heads.get(head.ordinal()).weights()[bucket];
    }

    public float bias(Head head) {
      return heads.get(head.ordinal()).bias();
    }

    /** Rounded to bytes. */
    public Weights rounded(Offsets offsets) {
      var table = new long[1 << Features.BITS];
      var scales = new Weights.Scale[Head.COUNT];
      for (var head : Head.values()) {
        var regression = heads.get(head.ordinal());
        float most = 0;
        for (float weight : regression.weights()) {
          most = Math.max(most, Math.abs(weight));
        }
        float unit = most == 0 ? 1 : most / BYTE;
        for (int i = 0; i < table.length; i++) {
          long value = Math.round(regression.weights()[i] / unit) + 128L;
          table[i] |= value << (8 * head.ordinal());
        }
        scales[head.ordinal()] = offsets.scale(head, unit, regression.bias());
      }
      return Weights.of(table, scales);
    }
  }
}
