package dev.weir.guardrail.eval;

import java.util.Locale;
import java.util.Map;

/** Curves as a drawing (SVG): precision over recall, a dot at each label's own threshold. Stateless. */
public final class EvaluationPicture {
  private static final int SIDE = 420;
  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final int LEGEND = 260;
  private static final int LINE = 20;
  private static final String[] COLOURS = {
    "#2f6f9f", "#c2703d", "#5b8c5a", "#8a6fa8", "#9a8748", "#b0485a", "#4a8f8f", "#666666"
  };

  private EvaluationPicture() {}

  public static String of(
      Map<String, Curve> curves, java.util.function.ToDoubleFunction<String> threshold) {
    var out = new StringBuilder();
    int height = TOP + Math.max(SIDE + 60, curves.size() * LINE + 40);
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
        .append(LEFT + SIDE + LEGEND)
        .append("\" height=\"")
        .append(height)
        .append("\" font-family=\"sans-serif\" font-size=\"12\">\n")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    grid(out);
    int number = 0;
    for (var entry : curves.entrySet()) {
      var colour = COLOURS[number % COLOURS.length];
      line(out, entry.getValue(), colour);
      var curve = entry.getValue();
      var own = curve.at(threshold.applyAsDouble(entry.getKey()));
      out.append(String.format(
          Locale.ROOT,
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>\n",
          x(curve.recall(own)),
          y(own.precision()),
          colour));
      text(
          out,
          LEFT + SIDE + 20,
          TOP + 10 + number * LINE,
          colour,
          entry.getKey() + String.format(Locale.ROOT, "  AUPRC %.3f", curve.averagePrecision()));
      number++;
    }
    return out.append("</svg>\n").toString();
  }

  private static void grid(StringBuilder out) {
    for (int tenth = 0; tenth <= 10; tenth += 2) {
      double part = tenth / 10.0;
      out.append(String.format(
          Locale.ROOT,
          "<path d=\"M%.1f %.1fH%.1fM%.1f %.1fV%.1f\" stroke=\"#dddddd\" fill=\"none\"/>\n",
          x(0),
          y(part),
          x(1),
          x(part),
          y(0),
          y(1)));
      text(out, LEFT - 28, (int) y(part) + 4, "#333333", String.format(Locale.ROOT, "%.1f", part));
      text(
          out,
          (int) x(part) - 8,
          TOP + SIDE + 18,
          "#333333",
          String.format(Locale.ROOT, "%.1f", part));
    }
    text(out, LEFT, TOP - 14, "#333333", "precision over recall; the dot is the default threshold");
  }

  private static void line(StringBuilder out, Curve curve, String colour) {
    out.append("<polyline fill=\"none\" stroke=\"").append(colour).append("\" points=\"");
    for (var point : curve.points()) {
      out.append(
          String.format(Locale.ROOT, "%.1f,%.1f ", x(curve.recall(point)), y(point.precision())));
    }
    out.append("\"/>\n");
  }

  private static void text(StringBuilder out, int x, int y, String colour, String text) {
    out.append(String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n",
        x,
        y,
        colour,
        escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static double x(double recall) {
    return LEFT + recall * SIDE;
  }

  private static double y(double precision) {
    return TOP + (1 - precision) * SIDE;
  }
}
