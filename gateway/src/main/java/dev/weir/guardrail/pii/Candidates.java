package dev.weir.guardrail.pii;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What may be reported of one text, until it is known which of those that overlap wins. For one thread. */
final class Candidates {
  /**
   * One of them.
   *
   * @param row index in the table
   * @param distance to the word that announces it, less is better; -1 without, -2 where only the rest of the text says so
   */
  record Candidate(int start, int end, int row, double score, int distance) {
    boolean overlaps(Candidate other) {
      return start < other.end && other.start < end;
    }
  }

  /** Checksums before structures, then announced before bare, long before short, near before far. */
  private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingDouble(
          (Candidate candidate) -> -candidate.score())
      .thenComparing(candidate -> candidate.distance() < 0)
      .thenComparingInt(candidate -> candidate.start() - candidate.end())
      .thenComparingInt(candidate -> Math.abs(candidate.distance()))
      .thenComparingInt(Candidate::row);

  private final List<Candidate> all = new ArrayList<>(4);

  void add(int start, int end, int row, double score, int distance) {
    all.add(new Candidate(start, end, row, score, distance));
  }

  /** The winners in the order of the text; none overlaps another. */
  List<Candidate> winners() {
    if (all.size() < 2) {
      return all;
    }
    all.sort(Comparator.comparingInt(Candidate::start).thenComparing(BEST_FIRST));
    var winners = new ArrayList<Candidate>(all.size());
    int from = 0;
    while (from < all.size()) {
      int reach = all.get(from).end();
      int to = from + 1;
      while (to < all.size() && all.get(to).start() < reach) {
        reach = Math.max(reach, all.get(to++).end());
      }
      settle(all.subList(from, to), winners);
      from = to;
    }
    return winners;
  }

  /** Lets the best of a chain of overlapping ones win, then the best of what is left. */
  private static void settle(List<Candidate> chain, List<Candidate> winners) {
    if (chain.size() == 1) {
      winners.add(chain.getFirst());
      return;
    }
    var best = new ArrayList<Candidate>();
    for (var candidate : chain.stream().sorted(BEST_FIRST).toList()) {
      if (best.stream().noneMatch(candidate::overlaps)) {
        best.add(candidate);
      }
    }
    best.sort(Comparator.comparingInt(Candidate::start));
    winners.addAll(best);
  }
}
