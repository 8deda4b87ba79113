package dev.weir.train.data;

import static dev.weir.guardrail.learned.Head.INJECTION;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Folders {@code inj-*}: attacks, and the clean texts that come with them. */
final class InjectionSources {
  private static final Labels ATTACK = Labels.UNKNOWN.yes(INJECTION);
  private static final Labels PLAIN = Labels.UNKNOWN.no(INJECTION);

  private static final int INSERTIONS = 3;
  private static final Set<String> EVERYDAY = Set.of(
      "Information Retrieval",
      "Content Creation",
      "Learning and Tutoring",
      "Language Translation",
      "Programming Help");

  private InjectionSources() {}

  static List<Example> deepset(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var row : Rows.jsonLines(folder.resolve("deepset_train.jsonl"))) {
      boolean attack = row.path("label").asInt() == 1;
      examples.add(
          example(folder, "xx", row.path("text").asString(), attack ? ATTACK : Labels.CLEAN));
    }
    return examples;
  }

  static List<Example> giskard(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var row : Rows.separated(folder.resolve("prompt_injections.csv"), ',').stream()
        .skip(1)
        .toList()) {
      examples.add(example(folder, "en", row.get(1), ATTACK));
    }
    return examples;
  }

  static List<Example> gptfuzz(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var row :
        Rows.separated(folder.resolve("GPTFuzzer.csv"), ',').stream().skip(1).toList()) {
      examples.add(example(folder, "en", row.get(1), ATTACK));
    }
    for (var row : Rows.separated(folder.resolve("question_list.csv"), ',').stream()
        .skip(1)
        .toList()) {
      examples.add(example(folder, "en", row.get(1), PLAIN));
    }
    return examples;
  }

  static List<Example> inTheWild(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var text : Rows.json(folder.resolve("inthewild_jailbreak_llms.json"))) {
      examples.add(example(folder, "en", text.asString(), ATTACK));
    }
    return examples;
  }

  /**
   * Requests hidden in e-mails. Alone they are prompts like any other, or nobody knows; every e-mail occurs clean, and
   * with three of those requests that speak of the reader's answer.
   */
  static List<Example> bipia(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    var mails = new ArrayList<String>();
    for (var row : Rows.jsonLines(folder.resolve("train.jsonl"))) {
      mails.add(row.path("context").asString());
      examples.add(example(folder, "en", row.path("context").asString(), Labels.CLEAN));
      examples.add(example(folder, "en", row.path("question").asString(), Labels.CLEAN));
    }
    var hidden = new ArrayList<String>();
    for (var group : Rows.json(folder.resolve("text_attack_train.json")).properties()) {
      for (var text : group.getValue()) {
        if (EVERYDAY.contains(group.getKey())) {
          examples.add(example(folder, "en", text.asString(), Labels.CLEAN));
        } else {
          hidden.add(text.asString());
        }
      }
    }
    for (int i = 0; i < mails.size() && !hidden.isEmpty(); i++) {
      for (int turn = 0; turn < INSERTIONS; turn++) {
        var attack =
            Example.OPEN + hidden.get((i * INSERTIONS + turn) % hidden.size()) + Example.CLOSE;
        examples.add(example(folder, "en", inserted(mails.get(i), attack, turn), ATTACK));
      }
    }
    return examples;
  }

  /** At the start, in the middle, or at the end. */
  private static String inserted(String mail, String attack, int turn) {
    int middle = Math.max(0, mail.indexOf(' ', mail.length() / 2));
    return switch (turn) {
      case 0 -> attack + "\n\n" + mail;
      case 1 -> mail.substring(0, middle) + "\n\n" + attack + "\n\n" + mail.substring(middle);
      default -> mail + "\n\n" + attack;
    };
  }

  private static Example example(Path folder, String language, String text, Labels labels) {
    var source = folder.getFileName().toString();
    return Example.of(source, language, text, labels, 1);
  }
}
