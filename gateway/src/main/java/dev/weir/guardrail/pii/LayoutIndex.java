package dev.weir.guardrail.pii;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The table's layouts by the lengths of their groups: most runs of digits end here, after one look. Immutable. */
final class LayoutIndex {
  /** One layout of one row. */
  record Entry(Layout layout, int row) {}

  private static final Entry[] NONE = {};

  private final long[] keys;
  private final Entry[][] entries;
  private final int mask;
  private final int mostGroups;

  LayoutIndex(List<Identifier> rows) {
    int layouts = rows.stream().mapToInt(row -> row.layouts().size()).sum();
    int capacity = Integer.highestOneBit(Math.max(layouts, 1)) * 4;
    keys = new long[capacity];
    entries = new Entry[capacity][];
    Arrays.fill(entries, NONE);
    mask = capacity - 1;
    int groups = 1;
    for (int row = 0; row < rows.size(); row++) {
      for (var layout : rows.get(row).layouts()) {
        put(new Entry(layout, row));
        groups = Math.max(groups, layout.separators().size() + 1);
      }
    }
    mostGroups = groups;
  }

  /** The largest number of groups in any layout. */
  int mostGroups() {
    return mostGroups;
  }

  /** All layouts with groups of these lengths; empty for most. */
  Entry[] find(long groups) {
    return entries[slot(groups)];
  }

  private void put(Entry entry) {
    int slot = slot(entry.layout().groups());
    keys[slot] = entry.layout().groups();
    var all = new ArrayList<>(List.of(entries[slot]));
    all.add(entry);
    entries[slot] = all.toArray(NONE);
  }

  private int slot(long groups) {
    int slot = (int) ((groups * 0x9E3779B97F4A7C15L) >>> 40) & mask;
    while (keys[slot] != 0 && keys[slot] != groups) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
