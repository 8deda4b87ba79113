package dev.weir.train.data;

import static dev.weir.guardrail.learned.Head.HARASSMENT;
import static dev.weir.guardrail.learned.Head.HATE;
import static dev.weir.guardrail.learned.Head.INJECTION;
import static dev.weir.guardrail.learned.Head.PROFANITY;
import static dev.weir.guardrail.learned.Head.SELF_HARM;
import static dev.weir.guardrail.learned.Head.SEXUAL;
import static dev.weir.guardrail.learned.Head.TOXICITY;
import static dev.weir.guardrail.learned.Head.VIOLENCE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Folders {@code tox-*}: what each source says, in the words of our heads. Where it says nothing, nothing is known. */
final class ToxicSources {
  private static final Labels TOXIC = Labels.UNKNOWN.no(INJECTION, SELF_HARM).yes(TOXICITY);
  private static final Labels PLAIN = Labels.CLEAN;
  private static final int ATTACK_FREE = 7;

  private final BadWords words;

  ToxicSources(BadWords words) {
    this.words = words;
  }

  List<Example> davidson(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var row :
        Rows.separated(folder.resolve("labeled_data.csv"), ',').stream().skip(1).toList()) {
      var text = tweet(row.get(6));
      switch (row.get(5)) {
        case "0" -> add(examples, folder, "en", text, TOXIC.yes(HATE), 1);
        case "1" -> add(examples, folder, "en", text, TOXIC.no(HATE), 0.4f);
        default -> add(examples, folder, "en", text, PLAIN, 1);
      }
    }
    return examples;
  }

  private static String tweet(String text) {
    return text.replaceAll("&#\\d+;", " ")
        .replace("&amp;", "&")
        .replaceAll("https?://\\S+", " ")
        .replaceAll("(RT )?@\\w+:?", " ")
        .replaceAll("^[\\s!\"]+", "");
  }

  List<Example> edos(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var row : Rows.separated(folder.resolve("edos_labelled_aggregated.csv"), ',').stream()
        .skip(1)
        .toList()) {
      var text = row.get(1).replace("[USER]", " ").replace("[URL]", " ");
      var vector = row.get(4);
      var labels = vector.startsWith("none")
          ? Labels.UNKNOWN.no(INJECTION, HATE, SELF_HARM)
          : vector.startsWith("1.")
              ? TOXIC.yes(HATE, VIOLENCE)
              : vector.startsWith("3.1")
                  ? TOXIC.yes(HATE, HARASSMENT)
                  : TOXIC.yes(HATE).no(VIOLENCE);
      add(examples, folder, "en", text, labels, 1);
    }
    return examples;
  }

  List<Example> hatemoji(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var file : List.of("train.csv", "validation.csv")) {
      for (var row : Rows.separated(folder.resolve(file), ',').stream().skip(1).toList()) {
        boolean hate = row.get(8).equals("1");
        boolean threat = row.get(2).equals("threateninglanguage");
        var labels = hate ? TOXIC.yes(HATE) : Labels.UNKNOWN.no(INJECTION, HATE, SELF_HARM);
        add(examples, folder, "en", row.get(1), threat ? labels.yes(VIOLENCE) : labels, 1);
      }
    }
    return examples;
  }

  List<Example> germeval(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var line : Rows.lines(folder.resolve("germeval2018.training.txt"))) {
      var cells = line.split("\t", -1);
      var text = cells[0].replaceAll("@\\w+", " ").replace("|LBR|", "\n");
      var labels = switch (cells[2].strip()) {
        case "ABUSE" -> TOXIC.yes(HATE);
        case "INSULT" -> TOXIC.yes(HARASSMENT);
        case "PROFANITY" -> TOXIC.yes(PROFANITY);
        default -> PLAIN;
      };
      add(examples, folder, "de", text, labels, 1);
    }
    return examples;
  }

  List<Example> paradetox(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var line : Rows.lines(folder.resolve("paradetox.tsv")).stream().skip(1).toList()) {
      var cells = line.split("\t", -1);
      add(examples, folder, "en", cells[0], insult(cells[0]), 1);
      if (cells.length > 1 && !cells[1].isBlank()) {
        add(examples, folder, "en", cells[1], PLAIN, 1);
      }
    }
    for (var line : Rows.lines(folder.resolve("paradetox_cannot_rewrite.tsv")).stream()
        .skip(1)
        .toList()) {
      var cells = line.split("\t", -1);
      var text = cells[1].replaceAll("^\"+|\"+$", "");
      boolean toxic = cells[2].contains("\"toxic_content");
      boolean fine = cells[2].contains("not_toxic");
      if (toxic != fine) {
        add(examples, folder, "en", text, toxic ? insult(text) : PLAIN, 0.5f);
      }
    }
    return examples;
  }

  /** Comments that somebody marked words in. */
  List<Example> spans(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    for (var file : List.of("tsd_train.csv", "tsd_trial.csv")) {
      for (var row : Rows.separated(folder.resolve(file), ',').stream().skip(1).toList()) {
        if (row.get(0).length() > 2) {
          add(examples, folder, "en", row.get(1), insult(row.get(1)), 1);
        }
      }
    }
    return examples;
  }

  /** One in ten: the rest repeats the same few words with other names. */
  List<Example> bias(Path folder) throws IOException {
    var examples = new ArrayList<Example>();
    int row = 0;
    for (var cells : Rows.separated(folder.resolve("bias_madlibs_77k.csv"), ',').stream()
        .skip(1)
        .toList()) {
      if (cells.get(2).equals("name_adj") && row++ % 15 != 0) {
        continue;
      }
      boolean verb = cells.get(2).startsWith("verb");
      var labels =
          cells.get(1).equals("BAD") ? TOXIC.yes(verb ? VIOLENCE : HARASSMENT, HATE) : PLAIN;
      add(examples, folder, "en", cells.get(0), labels, 0.5f);
    }
    return examples;
  }

  private Labels insult(String text) {
    boolean addressed =
        (' ' + text.toLowerCase(Locale.ROOT) + ' ').matches("(?s).*\\W(you|your|ur|youre)\\W.*");
    return addressed ? TOXIC.yes(HARASSMENT) : TOXIC;
  }

  private void add(
      List<Example> examples,
      Path folder,
      String language,
      String text,
      Labels labels,
      float weight) {
    if (text.isBlank()) {
      return;
    }
    var source = folder.getFileName().toString();
    boolean toxic = labels.is(TOXICITY);
    var known = labels;
    if (language.equals("en")) {
      known = words.profane(text) ? known.yes(PROFANITY) : known.no(PROFANITY);
      known = words.sexual(text) ? known.unknown(SEXUAL) : known.no(SEXUAL);
    }
    if (!toxic && words.profane(text)) {
      known = known.unknown(TOXICITY, HARASSMENT);
    }
    // enough of them to know how people talk to each other
    known = examples.size() % ATTACK_FREE == 0 ? known : known.unknown(INJECTION);
    examples.add(Example.of(source, language, text, known, weight));
  }
}
