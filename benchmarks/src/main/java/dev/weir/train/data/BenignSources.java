package dev.weir.train.data;

import static dev.weir.guardrail.learned.Head.INJECTION;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Folders {@code benign-*}: what people really ask. */
final class BenignSources {
  // what stands before the first, a question, its answer, and the rest
  private static final int TURNS = 4;

  private BenignSources() {}

  static List<Example> arenaHard(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var row : Rows.jsonLines(folder.resolve("question.jsonl"))) {
      add(examples, folder, row.path("prompt").asString(), Labels.CLEAN);
    }
    return examples;
  }

  static List<Example> gsm8k(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var row : Rows.jsonLines(folder.resolve("test.jsonl"))) {
      add(examples, folder, row.path("question").asString(), Labels.CLEAN);
    }
    return examples;
  }

  static List<Example> mtBench(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var file :
        List.of("question.jsonl", "fastchat_llm_judge_data_vicuna_bench_question.jsonl")) {
      for (var row : Rows.jsonLines(folder.resolve(file))) {
        for (var turn : row.path("turns")) {
          add(examples, folder, turn.asString(), Labels.CLEAN);
        }
      }
    }
    return examples;
  }

  static List<Example> seedTasks(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var file : List.of("seed_tasks.jsonl", "user_oriented_instructions.jsonl")) {
      for (var row : Rows.jsonLines(folder.resolve(file))) {
        var instance = row.path("instances").path(0);
        var input = instance.path("input").asString();
        var prompt = row.path("instruction").asString() + (input.isBlank() ? "" : "\n\n" + input);
        add(examples, folder, prompt, Labels.CLEAN);
        answer(examples, folder, instance.path("output").asString(), Labels.CLEAN);
      }
    }
    return examples;
  }

  static List<Example> openAssistant(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var row : Rows.jsonLines(folder.resolve("prompt_lottery_en_250_text.jsonl"))) {
      add(examples, folder, row.asString(), Labels.CLEAN);
    }
    for (var row : Rows.jsonLines(folder.resolve("en_100_message.jsonl"))) {
      tree(examples, folder, row);
    }
    return examples;
  }

  private static void tree(List<Example> examples, Path folder, JsonNode message) {
    if (message.path("role").asString().equals("prompter")) {
      add(examples, folder, message.path("text").asString(), Labels.CLEAN);
    } else {
      answer(examples, folder, message.path("text").asString(), Labels.CLEAN);
    }
    for (var reply : message.path("replies")) {
      tree(examples, folder, reply);
    }
  }

  /** Questions about harm, without any trick in them; nothing is said about their tone. */
  static List<Example> harmless(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var row : Rows.jsonLines(folder.resolve("test.jsonl"))) {
      var dialogue = row.path("chosen").asString();
      var turns = dialogue.split("\n\n(Human|Assistant): ", TURNS);
      for (int i = 1; i < Math.min(TURNS - 1, turns.length); i++) {
        if (i == 1) {
          add(examples, folder, turns[i], Labels.UNKNOWN.no(INJECTION));
        } else {
          answer(examples, folder, turns[i], Labels.UNKNOWN.no(INJECTION));
        }
      }
    }
    return examples;
  }

  /** What a model said: it teaches, but thresholds are for prompts. */
  private static void answer(List<Example> examples, Path folder, String text, Labels labels) {
    if (!text.isBlank()) {
      var source = folder.getFileName().toString().replace("benign-", "answers-");
      examples.add(Example.of(source, "en", text, labels, 1));
    }
  }

  private static void add(List<Example> examples, Path folder, String text, Labels labels) {
    if (!text.isBlank()) {
      var source = folder.getFileName().toString();
      examples.add(Example.of(source, "en", text, labels, 1));
    }
  }
}
