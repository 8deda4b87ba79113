package dev.weir.guardrail.scan;

import dev.weir.guardrail.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides between finds that lie over one another: the higher action, then the longer span, then the higher score. Stateless. */
public final class Overlaps {
  private static final Comparator<Hit> RANK = Comparator.comparing(Hit::action)
      .thenComparingInt(hit -> hit.end() - hit.start())
      .thenComparingDouble(hit -> hit.finding().score())
      .reversed()
      .thenComparingInt(Hit::start)
      .thenComparing(hit -> hit.finding().guardrail());

  private Overlaps() {}

  /**
   * The finds that stay, in the order of the text; those that judge the whole text all stay. A span that replaces another
   * covers it as well: nothing of what was to go stays behind.
   */
  public static List<Hit> resolve(List<Hit> hits) {
    if (hits.size() < 2) {
      return hits;
    }
    var ranked = new ArrayList<>(hits);
    ranked.sort(RANK);
    var kept = new ArrayList<Hit>();
    for (var hit : ranked) {
      int over = hit.isSpan() ? touching(hit, kept) : -1;
      if (over < 0) {
        kept.add(hit);
      } else if (hit.action().compareTo(Action.REDACT) >= 0) {
        cover(kept, over, hit);
      }
    }
    kept.sort(Comparator.comparingInt(Hit::start).thenComparingInt(Hit::end));
    return kept;
  }

  private static int touching(Hit hit, List<Hit> kept) {
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i).isSpan() && kept.get(i).touches(hit)) {
        return i;
      }
    }
    return -1;
  }

  /** Widens a kept find to cover another, and what it then reaches. */
  private static void cover(List<Hit> kept, int at, Hit hit) {
    var wide = kept.remove(at);
    wide = wide.over(Math.min(wide.start(), hit.start()), Math.max(wide.end(), hit.end()));
    int next = touching(wide, kept);
    if (next >= 0) {
      cover(kept, next, wide);
    } else {
      kept.add(wide);
    }
  }
}
