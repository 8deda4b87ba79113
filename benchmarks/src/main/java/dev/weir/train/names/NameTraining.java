package dev.weir.train.names;

import dev.weir.guardrail.names.NameFeatures;
import dev.weir.guardrail.names.NameKind;
import dev.weir.guardrail.names.NameTokens;
import dev.weir.guardrail.names.NameWeights;
import dev.weir.train.generate.Dice;
import java.util.ArrayList;
import java.util.List;

/** Multinomial logistic regression over words, by stochastic steps with a rate for each feature (AdaGrad). One thread at a time. */
final class NameTraining {
  private static final int EPOCHS = 5;
  private static final float RATE = 0.25f;
  private static final int STEPS = 127;

  /** One word: its features, what it is part of, and how much it counts. */
  private record Word(int[] buckets, int kind, float weight) {}

  private final float[] weights = new float[NameKind.COUNT << NameFeatures.BITS];
  private final float[] squares = new float[NameKind.COUNT << NameFeatures.BITS];
  private final double[] scores = new double[NameKind.COUNT];

  private NameTraining() {}

  /** The same texts and seed give the same weights. */
  static NameWeights learn(List<NamedText> texts, long seed) {
    var training = new NameTraining();
    var words = new ArrayList<Word>();
    texts.forEach(text -> words(text, words));
    var dice = Dice.named(seed, "names");
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      dice.shuffled(words).forEach(training::step);
    }
    return training.rounded();
  }

  private static void words(NamedText text, List<Word> words) {
    float weight = text.source().startsWith("gen-") ? 0.5f : 1;
    var tokens = NameTokens.of(text.text());
    for (int i = 0; i < tokens.count(); i++) {
      var kind = text.kind(tokens.start(i), tokens.end(i));
      if (kind.isPresent()) {
        var buckets = new int[NameFeatures.COUNT];
        NameFeatures.read(tokens, i, buckets);
        words.add(new Word(buckets, kind.get().ordinal(), weight));
      }
    }
  }

  private void step(Word word) {
    java.util.Arrays.fill(scores, 0);
    for (int bucket : word.buckets()) {
      for (int kind = 0; kind < NameKind.COUNT; kind++) {
        scores[kind] += weights[bucket * NameKind.COUNT + kind];
      }
    }
    NameWeights.softmax(scores, 1);
    for (int kind = 0; kind < NameKind.COUNT; kind++) {
      float slope = (float) (scores[kind] - (kind == word.kind() ? 1 : 0)) * word.weight();
      if (Math.abs(slope) > 1e-4f) {
        for (int bucket : word.buckets()) {
          int at = bucket * NameKind.COUNT + kind;
          squares[at] += slope * slope;
          weights[at] -= RATE * slope / (1 + (float) Math.sqrt(squares[at]));
        }
      }
    }
  }

  private NameWeights rounded() {
    float most = 0;
    for (float weight : weights) {
      most = Math.max(most, Math.abs(weight));
    }
    float unit = most == 0 ? 1 : most / STEPS;
    var table = new int[1 << NameFeatures.BITS];
    for (int i = 0; i < weights.length; i++) {
      int value = Math.round(weights[i] / unit) & 0xFF;
      table[i / NameKind.COUNT] |= value << (8 * (i % NameKind.COUNT));
    }
    return NameWeights.of(table, unit);
  }
}
