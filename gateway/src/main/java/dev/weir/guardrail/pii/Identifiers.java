package dev.weir.guardrail.pii;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The table of identifiers, one row each. Immutable.
 *
 * <p>To add one: a row in the file of its part of the world, its check in {@code pii.check}, a published number in the test.
 */
final class Identifiers {
  /** All rows; an earlier one wins where all else is equal. */
  static final List<Identifier> ALL = Stream.of(
          GlobalRows.all(),
          AmericasRows.all(),
          WesternRows.all(),
          EasternRows.all(),
          AsiaPacificRows.all())
      .flatMap(List::stream)
      .toList();

  private Identifiers() {}

  /** The dotted ids of all rows, in the table's order. */
  static Set<String> ids() {
    var ids = new LinkedHashSet<String>();
    ALL.forEach(row -> ids.add(row.id()));
    return ids;
  }

  /** The row of an identifier that a scanner of its own finds: the last with this name. */
  static int scanned(String name) {
    for (int row = ALL.size() - 1; row >= 0; row--) {
      if (ALL.get(row).id().equals("pii." + name) && ALL.get(row).layouts().isEmpty()) {
        return row;
      }
    }
    throw new IllegalArgumentException("no row for " + name);
  }

  /** The rows of the ids that somebody wants. */
  static BitSet rows(Set<String> wanted) {
    var rows = new BitSet(ALL.size());
    for (int row = 0; row < ALL.size(); row++) {
      if (wanted.contains(ALL.get(row).id())) {
        rows.set(row);
      }
    }
    return rows;
  }
}
