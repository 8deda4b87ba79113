package dev.weir.train.report;

import dev.weir.guardrail.learned.Head;
import dev.weir.train.learn.Judged;
import dev.weir.train.learn.Offsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Figures of the cross-validation by source, as Markdown tables. Stateless. */
public final class CrossValidation {
  private static final int SHORT = 200;
  private static final int MIDDLE = 1000;

  private CrossValidation() {}

  /**
   * All tables.
   *
   * @param digest of the weights that were made with them
   */
  public static String of(String digest, List<Judged> judged, Offsets offsets) {
    var out = new StringBuilder("""
        # Figures of the learned guardrails

        Written by `./weir train`; weights `%s`.

        Cross-validated by source: each text was judged by a model that saw neither its source nor a source that
        repeats it. "found" is recall and "false positives" their rate at the default threshold, which lets through one
        in a hundred of the `benign-*` prompts judged in the same way.
        """.formatted(digest));
    for (var head : Head.values()) {
      var known =
          judged.stream().filter(one -> one.example().labels().known(head)).toList();
      out.append("\n## ").append(head.id()).append("\n");
      table(out, "source", known, head, offsets, one -> one.example().source());
      table(out, "language", known, head, offsets, one -> one.example().language());
      table(out, "length", known, head, offsets, CrossValidation::length);
    }
    return out.toString();
  }

  private static String length(Judged one) {
    int length = one.example().text().length();
    return length < SHORT
        ? "below 200 characters"
        : length < MIDDLE ? "below 1,000" : "from 1,000 on";
  }

  private static void table(
      StringBuilder out,
      String by,
      List<Judged> known,
      Head head,
      Offsets offsets,
      Function<Judged, String> group) {
    out.append("\n| ")
        .append(by)
        .append(" | texts | with it | found | false positives | AUPRC |\n");
    out.append("|---|---:|---:|---:|---:|---:|\n");
    var groups =
        known.stream().collect(Collectors.groupingBy(group, TreeMap::new, Collectors.toList()));
    groups.put("all", known);
    groups.forEach((name, rows) -> out.append(row(name, rows, head, offsets)));
  }

  private static String row(String name, List<Judged> rows, Head head, Offsets offsets) {
    long positive = rows.stream().filter(one -> one.example().labels().is(head)).count();
    long found = rows.stream()
        .filter(one -> one.example().labels().is(head) && one.margin(head, offsets) > 0)
        .count();
    long wrong = rows.stream()
        .filter(one -> !one.example().labels().is(head) && one.margin(head, offsets) > 0)
        .count();
    long negative = rows.size() - positive;
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %s | %s | %s |%n",
        name,
        rows.size(),
        positive,
        part(found, positive),
        part(wrong, negative),
        positive == 0 || negative == 0
            ? ""
            : String.format(Locale.ROOT, "%.3f", auprc(rows, head, offsets)));
  }

  private static String part(long some, long all) {
    return all == 0 ? "" : String.format(Locale.ROOT, "%.3f", some / (double) all);
  }

  /** Average precision: the mean of the precision at each positive, from the surest down. */
  static double auprc(List<Judged> rows, Head head, Offsets offsets) {
    var sorted = rows.stream()
        .sorted(Comparator.comparingDouble((Judged one) -> -one.margin(head, offsets)))
        .toList();
    double sum = 0;
    int seen = 0;
    int positive = 0;
    for (var one : sorted) {
      seen++;
      if (one.example().labels().is(head)) {
        positive++;
        sum += positive / (double) seen;
      }
    }
    return sum / positive;
  }
}
