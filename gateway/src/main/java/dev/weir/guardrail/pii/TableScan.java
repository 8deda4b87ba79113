package dev.weir.guardrail.pii;

import dev.weir.guardrail.match.WordChars;
import java.util.List;

/** Tries the groups of a cluster against the table. Immutable. */
final class TableScan {
  private final List<Identifier> table;
  private final LayoutIndex index;

  TableScan(List<Identifier> table) {
    this.table = table;
    this.index = new LayoutIndex(table);
  }

  void scan(Scan scan, Words words) {
    for (int first = 0; first < words.size(); first++) {
      long groups = 0;
      int digits = 0;
      int most = Math.min(words.size(), first + index.mostGroups());
      for (int last = first; last < most; last++) {
        groups = Layout.pack(groups, words.length(last));
        digits += words.digits(last);
        var entries = index.find(groups);
        if (entries.length > 0 && (digits > 0 || last - first == 5 || upper(scan, words, first))) {
          compare(scan, words, first, last, entries);
        }
      }
    }
  }

  private static boolean upper(Scan scan, Words words, int word) {
    return WordChars.isUpper(scan.at(words.start(word)))
        && WordChars.isUpper(scan.at(words.start(word) + 1));
  }

  private void compare(Scan scan, Words words, int first, int last, LayoutIndex.Entry[] entries) {
    int start = words.start(first);
    int end = words.end(last);
    if (!Edges.freeBefore(scan, start) || !Edges.freeAfter(scan, end)) {
      return;
    }
    String compact = words.compact(scan.text(), first, last);
    for (var entry : entries) {
      var identifier = table.get(entry.row());
      if (scan.wanted().get(entry.row())
          && entry.layout().separatedIn(scan.text(), words, first, last)
          && entry.layout().holds(compact)
          && identifier.check().test(compact)) {
        judge(scan, start, end, entry, identifier.trust());
      }
    }
  }

  /** Weighs what fits: with context, in groups, alone in its field, or not enough. */
  private static void judge(Scan scan, int start, int end, LayoutIndex.Entry entry, Trust trust) {
    int distance = scan.context().distance(entry.row(), start, end);
    double score = distance >= 0 ? trust.inContext() : unannounced(scan, start, end, entry, trust);
    if (score > 0) {
      scan.found().add(start, close(scan, end, entry), entry.row(), score, distance);
    } else if (trust.checked() && scan.whole(start, end)) {
      scan.found().add(start, end, entry.row(), 1.0, -2);
    }
  }

  private static double unannounced(
      Scan scan, int start, int end, LayoutIndex.Entry entry, Trust trust) {
    if (!trust.checked()
        && !entry.layout().hexadecimal()
        && lower(scan, start, end)
        && !scan.whole(start, end)) {
      return 0;
    }
    if (entry.layout().plain()) {
      return trust.plain();
    }
    // a card stands beside its expiry date and code: what is strong enough alone is no part of a
    // row of numbers
    boolean row =
        trust != Trust.CHECKED && entry.layout().digitsOnly() && Edges.chained(scan, start, end);
    return row ? 0 : trust.written();
  }

  private static boolean lower(Scan scan, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = scan.at(i);
      if (c >= 'a' && c <= 'z') {
        return true;
      }
    }
    return false;
  }

  /** A bracket that the layout opened is closed behind the last group. */
  private static int close(Scan scan, int end, LayoutIndex.Entry entry) {
    var separators = entry.layout().separators();
    boolean open = !separators.isEmpty() && separators.getLast().equals("(");
    return open && scan.at(end) == ')' ? end + 1 : end;
  }
}
