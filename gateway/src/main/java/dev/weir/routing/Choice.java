package dev.weir.routing;

import dev.weir.usage.PriceHistory;
import java.util.List;
import java.util.Optional;

/** A strategy with all its names resolved: what a policy is compiled to. Immutable. */
sealed interface Choice {
  /** How many targets its plan can hold, each counted as often as it stands in it. */
  int size();

  /** How many strategies lie above its deepest target. */
  int depth();

  /** A target. */
  final class One implements Choice {
    private final Target target;
    private final Optional<PriceHistory> prices;
    private final List<One> alone;

    One(Target target, Optional<PriceHistory> prices) {
      this.target = target;
      this.prices = prices;
      this.alone = List.of(this);
    }

    Target target() {
      return target;
    }

    Optional<PriceHistory> prices() {
      return prices;
    }

    /** A list of itself, made once. */
    List<One> alone() {
      return alone;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public int depth() {
      return 0;
    }
  }

  /**
   * A strategy over choices.
   *
   * @param place where it stands in its document: {@code strategy.targets[1]}
   * @param salt of this place in this policy, so that draws at different places don't go together
   * @param branches the choices, in the order of the document
   * @param salts one for each, from what it names and not from where it stands: a draw survives a change of the order
   * @param sources which of the strategy's branches each choice comes from: one that could not be resolved is left out
   */
  record Of(
      Strategy strategy,
      String place,
      long salt,
      List<Choice> branches,
      List<Long> salts,
      List<Integer> sources)
      implements Choice {
    public Of {
      branches = List.copyOf(branches);
      salts = List.copyOf(salts);
      sources = List.copyOf(sources);
    }

    @Override
    public int size() {
      return branches.stream().mapToInt(Choice::size).sum();
    }

    @Override
    public int depth() {
      return 1 + branches.stream().mapToInt(Choice::depth).max().orElse(0);
    }

    /** Where one of the choices stands in its document. */
    String placeOf(int branch) {
      return place + "." + strategy.place(sources.get(branch));
    }
  }
}
