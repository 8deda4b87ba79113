package dev.weir.guardrail.eval;

import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Curves as text: one row a label at its own threshold, then what other thresholds would do. Stateless. */
public final class EvaluationTable {
  private static final double ONE_IN_A_HUNDRED = 0.01;
  private static final double[] THRESHOLDS = {0.1, 0.3, 0.5, 0.7, 0.9};

  private EvaluationTable() {}

  /**
   * The table.
   *
   * @param threshold each label's own
   */
  public static String of(Map<String, Curve> curves, ToDoubleFunction<String> threshold) {
    var out = new StringBuilder();
    out.append(String.format(
        Locale.ROOT,
        "%-26s %6s %6s %9s %9s %7s %6s %7s %6s %12s%n",
        "label",
        "with",
        "clean",
        "threshold",
        "precision",
        "recall",
        "F1",
        "FP",
        "AUPRC",
        "recall@1%FP"));
    curves.forEach((label, curve) -> {
      var point = curve.at(threshold.applyAsDouble(label));
      out.append(String.format(
          Locale.ROOT,
          "%-26s %6d %6d %9.2f %9.3f %7.3f %6.3f %7.4f %6.3f %12.3f%n",
          label,
          curve.positives(),
          curve.negatives(),
          point.threshold(),
          point.precision(),
          curve.recall(point),
          curve.f1(point),
          curve.falsePositives(point),
          curve.averagePrecision(),
          curve.recall(curve.allowing(ONE_IN_A_HUNDRED))));
    });
    out.append(String.format(Locale.ROOT, "%n%-26s", "recall / false positives at"));
    for (double each : THRESHOLDS) {
      out.append(String.format(Locale.ROOT, " %13.1f", each));
    }
    out.append(System.lineSeparator());
    curves.forEach((label, curve) -> {
      out.append(String.format(Locale.ROOT, "%-27s", label));
      for (double each : THRESHOLDS) {
        var point = curve.at(each);
        out.append(String.format(
            Locale.ROOT, " %6.3f/%.4f", curve.recall(point), curve.falsePositives(point)));
      }
      out.append(System.lineSeparator());
    });
    return out.toString();
  }
}
