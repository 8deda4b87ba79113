package dev.weir.bench.original;

import java.util.Locale;

/** Such findings as SVG: P50, P95 and P99 of each column on a logarithmic scale, with the original's goals as lines. Stateless. */
final class OriginalPicture {
  private static final int WIDTH = 860;
  private static final int LEFT = 190;
  private static final int PITCH = 34;
  private static final int TOP = 56;

  /** Milliseconds at the left and the right end. */
  private static final double LEAST = 0.1;

  private static final double MOST = 200;

  private OriginalPicture() {}

  static String of(OriginalFindings findings) {
    int height = TOP + PITCH * findings.passages().size() + 50;
    var out = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH
        + "\" height=\"" + height + "\" font-family=\"sans-serif\" font-size=\"12\">\n"
        + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    text(out, 10, 20, "P50, P95, P99 in milliseconds at 2,000 requests a second, logarithmic");
    goal(out, 8, "P50 < 8", height);
    goal(out, 12, "", height);
    goal(out, 15, "P99 < 15", height);
    goal(out, 150, "was 150", height);
    int y = TOP;
    for (var passage : findings.passages()) {
      text(out, 10, y + 14, passage.name());
      bar(out, y, passage.latency().p99(), "#c9d8e6");
      bar(out, y, passage.latency().p95(), "#7fa6c6");
      bar(out, y, passage.latency().p50(), "#2f6f9f");
      text(
          out,
          x(passage.latency().p99() / 1e3) + 6,
          y + 14,
          String.format(
              Locale.ROOT,
              "%.2f, %.2f, %.2f",
              passage.latency().p50() / 1e3,
              passage.latency().p95() / 1e3,
              passage.latency().p99() / 1e3));
      y += PITCH;
    }
    text(out, 10, height - 14, findings.at() + ", " + findings.machine().cpu());
    return out.append("</svg>\n").toString();
  }

  private static int x(double millis) {
    double share = Math.log(Math.max(millis, LEAST) / LEAST) / Math.log(MOST / LEAST);
    return LEFT + (int) Math.round(Math.min(1, share) * (WIDTH - LEFT - 20));
  }

  private static void bar(StringBuilder out, int y, double micros, String colour) {
    out.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" fill=\"%s\"/>%n"
        .formatted(LEFT, y, Math.max(1, x(micros / 1e3) - LEFT), colour));
  }

  private static void goal(StringBuilder out, int millis, String words, int height) {
    int x = x(millis);
    out.append("<path d=\"M%d %d V%d\" stroke=\"#c2703d\" stroke-dasharray=\"4 3\"/>%n"
        .formatted(x, TOP - 8, height - 34));
    text(out, x - 24, TOP - 14, words);
  }

  private static void text(StringBuilder out, int x, int baseline, String words) {
    out.append("<text x=\"%d\" y=\"%d\" fill=\"#222\">%s</text>%n"
        .formatted(
            x, baseline, words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
  }
}
