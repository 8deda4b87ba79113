package dev.weir.train.generate;

import java.util.List;

/** Seeded chance, the same on every JDK (SplitMix64, Steele, Lea and Flood 2014). One thread at a time. */
public final class Dice {
  private long state;

  public Dice(long seed) {
    state = seed;
  }

  /** A die of its own for a named purpose: what one purpose draws does not move another's. */
  public static Dice named(long seed, String purpose) {
    long mixed = seed;
    for (int i = 0; i < purpose.length(); i++) {
      mixed = (mixed ^ purpose.charAt(i)) * 0x100000001B3L;
    }
    return new Dice(mixed);
  }

  public long bits() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** 0 to below the bound. */
  public int below(int bound) {
    return (int) Math.unsignedMultiplyHigh(bits(), bound);
  }

  /** True that many times in a hundred. */
  public boolean percent(int chance) {
    return below(100) < chance;
  }

  public <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** In an order of its own. */
  public <T> List<T> shuffled(List<T> items) {
    var order = new java.util.ArrayList<>(items);
    for (int i = order.size() - 1; i > 0; i--) {
      java.util.Collections.swap(order, i, below(i + 1));
    }
    return order;
  }
}
