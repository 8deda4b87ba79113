package dev.weir.train.data;

import dev.weir.guardrail.learned.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The word lists of the data folder: they label other texts, and are training texts themselves. Immutable.
 *
 * @param strong English words that are profane wherever they stand
 * @param sexual English words for sexual acts
 * @param slurs English words against a group
 * @param foreign words of other languages, by language
 */
record BadWords(
    Set<String> strong, Set<String> sexual, Set<String> slurs, Map<String, Set<String>> foreign) {
  private static final double STRONG = 1.6;

  static BadWords read(Path data) throws IOException {
    var strong = new TreeSet<String>();
    var sexual = new TreeSet<String>();
    var slurs = new TreeSet<String>();
    var surge = data.resolve("tox-surge-profanity/profanity_en.csv");
    if (Files.exists(surge)) {
      for (var row : Rows.separated(surge, ',').stream().skip(1).toList()) {
        double severity = Double.parseDouble(row.get(7));
        var word = row.get(0).toLowerCase(Locale.ROOT);
        if (severity >= STRONG && word.matches("[a-z ]{3,}")) {
          switch (row.get(4)) {
            case "sexual anatomy / sexual acts" -> sexual.add(word);
            case "racial / ethnic slurs", "sexual orientation / gender", "religious offense" ->
              slurs.add(word);
            default -> {}
          }
          strong.add(word);
        }
      }
    }
    return new BadWords(strong, sexual, slurs, foreign(data.resolve("tox-ldnoobw")));
  }

  private static Map<String, Set<String>> foreign(Path folder) throws IOException {
    var lists = new TreeMap<String, Set<String>>();
    for (var language : List.of(
        "ar", "cs", "da", "de", "es", "fi", "fr", "hi", "hu", "it", "ja", "ko", "nl", "no", "pl",
        "pt", "ru", "sv", "th", "tr", "zh")) {
      var file = folder.resolve(language);
      if (Files.exists(file)) {
        lists.put(
            language, new TreeSet<>(Rows.lines(file).stream().map(String::strip).toList()));
      }
    }
    return lists;
  }

  boolean profane(String text) {
    return holds(text, strong);
  }

  boolean sexual(String text) {
    return holds(text, sexual);
  }

  private static boolean holds(String text, Set<String> words) {
    var tokens = text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1);
    var previous = "";
    for (var token : tokens) {
      if (words.contains(token) || words.contains(previous + ' ' + token)) {
        return true;
      }
      previous = token;
    }
    return false;
  }

  /** The words alone and in a plain sentence, for languages in which no sentences are labelled. */
  List<Example> examples() {
    var examples = new ArrayList<Example>();
    for (var list : foreign.entrySet()) {
      for (var word : list.getValue()) {
        examples.add(example("tox-ldnoobw", list.getKey(), word, Head.PROFANITY));
      }
    }
    for (var word : strong) {
      examples.add(example("tox-surge-profanity", "en", word, Head.PROFANITY));
    }
    for (var word : slurs) {
      examples.add(example("tox-surge-profanity", "en", word, Head.HATE));
    }
    return examples;
  }

  private static Example example(String source, String language, String word, Head head) {
    var labels = Labels.UNKNOWN.yes(Head.TOXICITY, head).no(Head.INJECTION, Head.SELF_HARM);
    return Example.of(source, language, word, labels, 0.3f);
  }
}
