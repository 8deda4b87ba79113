package dev.weir.routing;

import java.util.List;

/**
 * How a policy orders the places it can send a request to. Immutable.
 *
 * <p>Another strategy is a record here, its case in {@link PolicyReader} and its case in {@link Evaluation}.
 */
public sealed interface Strategy {
  /** What is ordered, as the document lists it. */
  List<Branch> branches();

  /** The name by which documents ask for it. */
  String type();

  /** Where a branch stands in the document, below the strategy's own place. */
  default String place(int branch) {
    return "targets[" + branch + "]";
  }

  /** The first that is well, in the order given. */
  record Fallback(List<Branch> branches) implements Strategy {
    public Fallback {
      branches = List.copyOf(branches);
    }

    @Override
    public String type() {
      return "fallback";
    }
  }

  /**
   * Shares of the requests.
   *
   * @param weights one for each branch, 0 or more, not all 0; a branch of weight 0 is only tried when all others have failed
   */
  record Weighted(List<Branch> branches, List<Double> weights, Sticky sticky) implements Strategy {
    public Weighted {
      branches = List.copyOf(branches);
      weights = List.copyOf(weights);
    }

    /** Who meets the same branch again. */
    public enum Sticky {
      /** Nobody: each request is drawn for itself. */
      NONE,
      /** The person that the request names; the key where it names none. */
      USER,
      /** The API key. */
      KEY
    }

    @Override
    public String type() {
      return "weighted";
    }
  }

  /** The better of two drawn at random, by time to the first event and attempts under way. */
  record Latency(List<Branch> branches) implements Strategy {
    public Latency {
      branches = List.copyOf(branches);
    }

    @Override
    public String type() {
      return "latency";
    }
  }

  /** The one with the fewest attempts under way. */
  record LeastBusy(List<Branch> branches) implements Strategy {
    public LeastBusy {
      branches = List.copyOf(branches);
    }

    @Override
    public String type() {
      return "least_busy";
    }
  }

  /** The one at which this request costs least; those without a known price come last. */
  record Cheapest(List<Branch> branches) implements Strategy {
    public Cheapest {
      branches = List.copyOf(branches);
    }

    @Override
    public String type() {
      return "cheapest";
    }
  }

  /**
   * The first case that holds, and no other: what a case keeps away from a target is not sent there on failure either.
   *
   * @param branches one for each case, then the default
   */
  record Conditional(List<Condition> cases, List<Branch> branches) implements Strategy {
    public Conditional {
      cases = List.copyOf(cases);
      branches = List.copyOf(branches);
    }

    @Override
    public String type() {
      return "conditional";
    }

    @Override
    public String place(int branch) {
      return branch < cases.size() ? "cases[" + branch + "].target" : "default";
    }
  }
}
