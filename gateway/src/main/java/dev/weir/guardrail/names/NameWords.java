package dev.weir.guardrail.names;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The short lists of words that names are made of: which of them a word is on, by the word's hash. Two words that share a
 * hash are one in a billion billion. Immutable.
 */
public final class NameWords {
  private static final String FILE = "words.txt";
  private static final List<String> KINDS =
      List.of("first", "last", "place", "organization", "suffix", "title", "part");

  /** On the list of words of which a longer name has more. */
  private static final int PART = 1 << KINDS.indexOf("part");

  private static final int SIZE = 1 << 13;
  private static final long[] HASHES = new long[SIZE];
  private static final byte[] LISTS = new byte[SIZE];

  static {
    read().forEach((kind, words) -> words.forEach(word -> plant(kind, word)));
  }

  private NameWords() {}

  /** The lists as bits, in the order of the file; 0 for none. */
  static int lists(long hash) {
    for (int at = (int) hash & (SIZE - 1); HASHES[at] != 0; at = (at + 1) & (SIZE - 1)) {
      if (HASHES[at] == hash) {
        return LISTS[at];
      }
    }
    return 0;
  }

  /** The words of each kind, in lower case; of several words with spaces between. */
  public static Map<String, List<String>> read() {
    try (var in = NameWords.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the list of names is missing in this build");
      }
      var kinds = new LinkedHashMap<String, List<String>>();
      var kind = "";
      for (var line :
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.endsWith(":")) {
          kind = line.substring(0, line.length() - 1);
          kinds.put(kind, List.of());
        } else if (!line.startsWith("#")) {
          kinds.merge(kind, List.of(line.replace("_", "\0").split(" ", -1)), NameWords::joined);
        }
      }
      kinds.replaceAll((_, words) ->
          words.stream().map(word -> word.replace('\0', ' ')).distinct().toList());
      return kinds;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> joined(List<String> some, List<String> more) {
    var all = new java.util.ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static void plant(String kind, String word) {
    int list = 1 << KINDS.indexOf(kind);
    for (var part : word.split(" ", -1)) {
      int lists = word.equals(part) ? list : list | PART;
      put(part, lists);
      put(Normalizer.normalize(part, Normalizer.Form.NFD).replaceAll("\\p{M}", ""), lists);
    }
  }

  private static void put(String word, int lists) {
    // a full stop at the end is no part of a word as texts are read
    int length = word.endsWith(".") ? word.length() - 1 : word.length();
    long hash = NameTokens.hash(word, 0, length);
    int at = (int) hash & (SIZE - 1);
    while (HASHES[at] != 0 && HASHES[at] != hash) {
      at = (at + 1) & (SIZE - 1);
    }
    HASHES[at] = hash;
    LISTS[at] |= (byte) lists;
  }
}
