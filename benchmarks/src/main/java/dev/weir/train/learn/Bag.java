package dev.weir.train.learn;

import dev.weir.train.data.Labels;

/**
 * One window of an example: which features occur, how often, divided by the root of how many there are.
 *
 * @param buckets in ascending order, each once
 * @param values parallel to the buckets
 * @param weight how much it counts
 * @param example the number of the example that it is cut from
 * @param candidate whether the window may or may not hold what its example's labels say
 */
record Bag(
    int[] buckets, float[] values, Labels labels, float weight, int example, boolean candidate) {
  double dot(float[] weights) {
    double sum = 0;
    for (int i = 0; i < buckets.length; i++) {
      sum += weights[buckets[i]] * values[i];
    }
    return sum;
  }

  Bag settled(float other) {
    return new Bag(buckets, values, labels, other, example, false);
  }
}
