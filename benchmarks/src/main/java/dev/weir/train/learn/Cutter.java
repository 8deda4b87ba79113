package dev.weir.train.learn;

import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.learned.Features;
import dev.weir.guardrail.learned.Head;
import dev.weir.train.data.Example;
import dev.weir.train.data.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts examples into the windows that the scorer will look at. A window that a long attack was cut into is a candidate:
 * nobody said that it is the part that attacks. One thread at a time.
 */
final class Cutter {
  private static final int SHORT = 2;
  private static final int MIDDLE = 8;
  // what comes later in a long text says nothing new
  private static final int MOST_PIECES = 24;

  private final Features features = new Features();

  List<Bag> cut(Example example, int number) {
    var text = NormalizedText.of(example.text()).text();
    var pieces = new ArrayList<int[]>();
    features.begin(text);
    while (features.next() && pieces.size() < MOST_PIECES) {
      pieces.add(Arrays.copyOf(features.buckets(), features.count()));
    }
    features.begin("");
    var bags = new ArrayList<Bag>();
    if (pieces.size() <= SHORT) {
      bags.add(bag(pieces, example.labels(), example.weight(), number, false));
      return bags;
    }
    windows(bags, pieces, example, number, MIDDLE, MIDDLE / 2, example.weight());
    windows(bags, pieces, example, number, SHORT, example.whole() ? SHORT : 1, example.weight());
    return bags;
  }

  private static void windows(
      List<Bag> bags,
      List<int[]> pieces,
      Example example,
      int number,
      int size,
      int step,
      float weight) {
    int count = Math.max(1, (pieces.size() - size + step - 1) / step + 1);
    for (int i = 0; i < count; i++) {
      int from = Math.min(i * step, Math.max(0, pieces.size() - size));
      int to = Math.min(pieces.size(), from + size);
      var labels = labels(example, from * Features.PIECE, to * Features.PIECE, size == SHORT);
      boolean candidate = example.whole() && size == SHORT && positive(labels);
      bags.add(bag(
          pieces.subList(from, to), labels, weight / (float) Math.sqrt(count), number, candidate));
    }
  }

  /** Where the attack stands, the labels hold; beside it, the carrier is clean; across the edge, nobody knows. */
  private static Labels labels(Example example, int from, int to, boolean brief) {
    if (example.whole() || (example.from() >= from && example.to() <= to)) {
      return example.labels();
    }
    if (example.to() <= from || example.from() >= to) {
      return Labels.CLEAN;
    }
    int inside = Math.min(example.to(), to) - Math.max(example.from(), from);
    return brief && inside > Features.PIECE ? example.labels() : Labels.UNKNOWN;
  }

  static boolean positive(Labels labels) {
    for (var head : Head.values()) {
      if (labels.is(head)) {
        return true;
      }
    }
    return false;
  }

  private static Bag bag(
      List<int[]> pieces, Labels labels, float weight, int number, boolean candidate) {
    int total = pieces.stream().mapToInt(piece -> piece.length).sum();
    var all = new int[total];
    int at = 0;
    for (var piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    Arrays.sort(all);
    var buckets = new int[total];
    var values = new float[total];
    int distinct = 0;
    float unit = (float) (1 / Math.sqrt(total + Features.PRIOR));
    for (int i = 0; i < total; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        buckets[distinct++] = all[i];
      }
      values[distinct - 1] += unit;
    }
    return new Bag(
        Arrays.copyOf(buckets, distinct),
        Arrays.copyOf(values, distinct),
        labels,
        weight,
        number,
        candidate);
  }
}
