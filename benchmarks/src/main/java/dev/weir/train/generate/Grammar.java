package dev.weir.train.generate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sentences by rules. A line that ends with a colon names a rule, the lines below it are its alternatives; {@code
 * {name}} stands for one of a rule's, {@code {a|b|}} for one of those written there, {@code \n} for a line break, a
 * backslash for the next sign itself, and a line with {@code #} in front is for readers. Immutable.
 */
final class Grammar {
  private static final int DEEPEST = 24;
  private static final String NAME = "[a-z][a-z0-9_.]*";

  // braces and bars that are meant stand aside while the others are read
  private static final String LEFT = "\uE010";
  private static final String RIGHT = "\uE011";
  private static final String BAR = "\uE012";

  private final Map<String, List<String>> rules;

  private Grammar(Map<String, List<String>> rules) {
    this.rules = rules;
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException for a line before any rule
   */
  static Grammar read(List<String> lines) {
    var rules = new LinkedHashMap<String, List<String>>();
    var current = "";
    for (var line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.matches(NAME + ":")) {
        current = line.substring(0, line.length() - 1);
        rules.put(current, new ArrayList<>());
      } else {
        var rule = rules.get(current);
        if (rule == null) {
          throw new IllegalArgumentException("no rule is open at: " + line);
        }
        rule.add(line.strip()
            .replace("\\n", "\n")
            .replace("\\{", LEFT)
            .replace("\\}", RIGHT)
            .replace("\\|", BAR));
      }
    }
    return new Grammar(rules);
  }

  boolean knows(String rule) {
    return rules.containsKey(rule);
  }

  List<String> rules() {
    return List.copyOf(rules.keySet());
  }

  /** One sentence of a rule. */
  String say(String rule, Dice dice) {
    var out = new StringBuilder();
    expand(alternative(rule, dice), dice, out, 0);
    return out.toString()
        .replace(LEFT, "{")
        .replace(RIGHT, "}")
        .replace(BAR, "|")
        .replaceAll("[ ]{2,}", " ")
        .replaceAll(" +([,.;:!?])", "$1")
        .replaceAll("(?m)^ +| +$", "")
        .strip();
  }

  private String alternative(String rule, Dice dice) {
    var alternatives = rules.get(rule);
    if (alternatives == null) {
      throw new IllegalArgumentException("no such rule: " + rule);
    }
    return dice.of(alternatives);
  }

  private void expand(String text, Dice dice, StringBuilder out, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("rules that never end: " + text);
    }
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      if (open < 0) {
        out.append(text, at, text.length());
        return;
      }
      out.append(text, at, open);
      int close = closing(text, open);
      var choices = choices(text.substring(open + 1, close));
      var chosen = dice.of(choices);
      expand(
          choices.size() == 1 && chosen.matches(NAME) ? alternative(chosen, dice) : chosen,
          dice,
          out,
          depth + 1);
      at = close + 1;
    }
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("a brace is not closed: " + text);
  }

  private static List<String> choices(String inside) {
    var choices = new ArrayList<String>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == '|' && depth == 0) {
        choices.add(inside.substring(from, i));
        from = i + 1;
      }
    }
    choices.add(inside.substring(from));
    return choices;
  }
}
