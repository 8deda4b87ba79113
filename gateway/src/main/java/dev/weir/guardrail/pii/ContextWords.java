package dev.weir.guardrail.pii;

import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.match.Keywords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words that announce identifiers, of all rows together. Immutable. */
final class ContextWords {
  /** How far from a find its word may stand, in characters. */
  static final int REACH = 40;

  private final Keywords keywords;
  /** Per word the rows that it announces, ascending. */
  private final int[][] rows;

  ContextWords(List<Identifier> table) {
    Map<String, List<Integer>> byWord = new LinkedHashMap<>();
    for (int row = 0; row < table.size(); row++) {
      for (String word : table.get(row).context()) {
        for (String spelling : spellings(word)) {
          byWord.computeIfAbsent(spelling, _ -> new ArrayList<>()).add(row);
        }
      }
    }
    keywords =
        Keywords.of(List.copyOf(byWord.keySet()), Keywords.Letters.FOLDED, Keywords.Bounds.WORD);
    rows = byWord.values().stream()
        .map(all -> all.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /** A word as the normaliser leaves it in a text of its own language, and among Latin letters. */
  private static Set<String> spellings(String word) {
    String among = "among ";
    var spellings = new LinkedHashSet<String>();
    spellings.add(NormalizedText.of(word).text());
    spellings.add(NormalizedText.of(among + word).text().substring(among.length()));
    return spellings;
  }

  private boolean announces(int word, int row) {
    return Arrays.binarySearch(rows[word], row) >= 0;
  }

  /** The words of one text, looked for only around candidates and only once. For one thread. */
  final class In {
    private final String text;
    private int[] words = new int[32];
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int size;
    private int seenFrom;
    private int seenTo;

    In(String text) {
      this.text = text;
    }

    /** Characters between a find and the nearest word of its row; -1 when none is near. */
    int distance(int row, int start, int end) {
      look(Math.max(0, start - REACH), Math.min(text.length(), end + REACH));
      int nearest = -1;
      for (int i = 0; i < size; i++) {
        int gap = ends[i] <= start ? start - ends[i] : starts[i] - end;
        boolean within = gap >= 0 && gap <= REACH && (ends[i] <= start || starts[i] >= end);
        if (within && announces(words[i], row)) {
          // a word in front announces more surely than one behind
          int cost = ends[i] <= start ? gap : gap + REACH;
          nearest = nearest < 0 ? cost : Math.min(nearest, cost);
        }
      }
      return nearest;
    }

    private void look(int from, int to) {
      if (from >= seenFrom && to <= seenTo) {
        return;
      }
      size = 0;
      seenFrom = Math.max(0, from - keywords.longest());
      seenTo = Math.min(text.length(), to + REACH * 4);
      keywords.scan(text, seenFrom, seenTo, this::keep);
    }

    private void keep(int word, int start, int end) {
      if (size == words.length) {
        words = Arrays.copyOf(words, size * 2);
        starts = Arrays.copyOf(starts, size * 2);
        ends = Arrays.copyOf(ends, size * 2);
      }
      words[size] = word;
      starts[size] = start;
      ends[size++] = end;
    }
  }
}
