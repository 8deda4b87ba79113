package dev.weir.train.learn;

import dev.weir.guardrail.learned.Features;
import dev.weir.guardrail.learned.Head;
import dev.weir.train.generate.Dice;
import java.util.List;

/**
 * Logistic regression for one head, by follow-the-regularised-leader (McMahan et al., KDD 2013, algorithm 1). The same
 * bags and seed give the same weights. One thread at a time.
 */
final class Regression {
  /** How it learns. */
  record Rate(float alpha, float beta, float l1, float l2, int epochs) {
    static final Rate USUAL = new Rate(0.3f, 1f, 0.02f, 0.5f, 10);
  }

  /** What is known this well teaches nothing more. */
  private static final double SETTLED = 0.01;

  private final Head head;
  private final Rate rate;
  private final float[] leader = new float[1 << Features.BITS];
  private final float[] squares = new float[1 << Features.BITS];
  private final float[] weights = new float[1 << Features.BITS];
  private double bias;
  private double biasSquares = 1;

  Regression(Head head, Rate rate) {
    this.head = head;
    this.rate = rate;
  }

  void learn(List<Bag> bags, long seed) {
    var known = known(bags);
    var dice = Dice.named(seed, head.id());
    for (int epoch = 0; epoch < rate.epochs(); epoch++) {
      dice.shuffled(known).forEach(this::step);
    }
  }

  /** Goes over more bags once, from where it stands. */
  void again(List<Bag> bags, long seed) {
    Dice.named(seed, head.id()).shuffled(known(bags)).forEach(this::step);
  }

  private List<Bag> known(List<Bag> bags) {
    return bags.stream()
        .filter(bag -> bag.labels().known(head) && bag.weight() > 0)
        .toList();
  }

  private void step(Bag bag) {
    double p = 1 / (1 + StrictMath.exp(-(bag.dot(weights) + bias)));
    double slope = (p - (bag.labels().is(head) ? 1 : 0)) * bag.weight();
    if (Math.abs(slope) < SETTLED) {
      return;
    }
    biasSquares += slope * slope;
    bias -= 0.1 * slope / Math.sqrt(biasSquares);
    var buckets = bag.buckets();
    var values = bag.values();
    for (int i = 0; i < buckets.length; i++) {
      update(buckets[i], (float) (slope * values[i]));
    }
  }

  private void update(int at, float slope) {
    float before = squares[at];
    float after = before + slope * slope;
    float rootAfter = (float) Math.sqrt(after);
    leader[at] += slope - (rootAfter - (float) Math.sqrt(before)) / rate.alpha() * weights[at];
    squares[at] = after;
    float pull = leader[at];
    weights[at] = Math.abs(pull) <= rate.l1()
        ? 0
        : -(pull - Math.signum(pull) * rate.l1())
            / ((rate.beta() + rootAfter) / rate.alpha() + rate.l2());
  }

  float[] weights() {
    return weights;
  }

  float bias() {
    return (float) bias;
  }
}
