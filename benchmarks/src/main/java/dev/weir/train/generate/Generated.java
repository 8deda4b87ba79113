package dev.weir.train.generate;

import dev.weir.guardrail.learned.Head;
import dev.weir.train.data.Example;
import dev.weir.train.data.Labels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * The texts that no source has: attacks in seventeen languages, documents with and without an attack in them, benign
 * prompts full of the words of attacks, and the kinds of toxicity that are labelled nowhere. Seeded.
 *
 * <p>Each grammar says in its {@code plan} what is made of it: rule, language, how many, and the labels.
 */
public final class Generated {
  /** The files of this package's resources, in order. */
  private static final List<String> GRAMMARS =
      List.of("attacks.txt", "triggers.txt", "documents.txt", "languages.txt", "toxicity.txt");

  private Generated() {}

  /** All of them. */
  public static List<Example> examples(long seed) {
    var all = new ArrayList<String>();
    GRAMMARS.forEach(file -> all.addAll(lines(file)));
    var grammar = Grammar.read(rules(all));
    var examples = new ArrayList<Example>();
    for (var file : GRAMMARS) {
      examples.addAll(examples(file, lines(file), grammar, seed));
    }
    return examples;
  }

  /** Texts of a grammar that stands apart from the others, with more rules for it. */
  public static List<Example> examples(String file, List<String> more, long seed) {
    var all = new ArrayList<>(lines(file));
    all.addAll(more);
    return examples(file, lines(file), Grammar.read(rules(all)), seed);
  }

  static List<String> rules(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith("plan ")).toList();
  }

  /** Texts of one grammar: what it repeats is left out, so there may be fewer than its plan asks for. */
  static List<Example> examples(String file, List<String> lines, Grammar grammar, long seed) {
    var name = file.replace(".txt", "");
    var plan = lines.stream().filter(line -> line.startsWith("plan ")).toList();
    var examples = new ArrayList<Example>();
    var said = new HashSet<String>();
    for (var line : plan) {
      var words = line.split("\\s+");
      var dice = Dice.named(seed, name + words[1]);
      var labels = labels(List.of(words).subList(5, words.length));
      int wanted = Integer.parseInt(words[3]);
      float weight = Float.parseFloat(words[4]);
      for (int i = 0; i < wanted; i++) {
        var text = varied(grammar.say(words[1], dice), dice);
        if (said.add(text)) {
          examples.add(Example.of("gen-" + name, words[2], text, labels, weight));
        }
      }
    }
    return examples;
  }

  /** {@code clean}, {@code mild}, {@code unknown}, then {@code +head} and {@code -head} and {@code ?head}. */
  private static Labels labels(List<String> words) {
    var labels = Labels.UNKNOWN;
    for (var word : words) {
      labels = switch (word.charAt(0)) {
        case '+' -> labels.yes(head(word));
        case '-' -> labels.no(head(word));
        case '?' -> labels.unknown(head(word));
        default ->
          switch (word) {
            case "clean" -> Labels.CLEAN;
            case "mild" -> Labels.MILD;
            default -> throw new IllegalArgumentException("no such label: " + word);
          };
      };
    }
    return labels;
  }

  private static Head head(String word) {
    return Head.valueOf(word.substring(1).toUpperCase(Locale.ROOT));
  }

  /** As people type: now and then all small, all capitals, or without the last full stop. */
  private static String varied(String text, Dice dice) {
    int roll = dice.below(100);
    if (roll < 12) {
      return text.toLowerCase(Locale.ROOT);
    }
    if (roll < 15 && text.length() < 200) {
      return text.toUpperCase(Locale.ROOT);
    }
    if (roll < 25 && text.endsWith(".")) {
      return text.substring(0, text.length() - 1);
    }
    return roll < 70 && Character.isLowerCase(text.charAt(0))
        ? Character.toUpperCase(text.charAt(0)) + text.substring(1)
        : text;
  }

  static List<String> lines(String file) {
    try (var in = Generated.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the grammar " + file + " is missing in this build");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
