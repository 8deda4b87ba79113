package dev.weir.bench.report;

import dev.weir.bench.service.RunningService;
import dev.weir.bench.stats.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Results as SVG: bars with their intervals, multiples of the baseline on top, added latency below. Stateless. */
final class Picture {
  private static final int WIDTH = 860;
  private static final int LEFT = 190;
  private static final int RIGHT = 130;
  private static final int BAR = 16;
  private static final int PITCH = 24;
  private static final int TITLE = 46;
  private static final String[] COLOURS = {"#2f6f9f", "#c2703d", "#5b8c5a", "#8a6fa8", "#9a8748"};

  private final Results results;
  private final List<String> services;
  private final StringBuilder out = new StringBuilder();
  private int y = 20;

  private Picture(Results results) {
    this.results = results;
    this.services = results.summaries().stream()
        .map(Summary::service)
        .filter(name -> !name.equals(RunningService.DIRECT))
        .distinct()
        .toList();
  }

  static String of(Results results) {
    return new Picture(results).draw();
  }

  private String draw() {
    panel(
        "CPU per request or frame, multiples of " + results.baseline(),
        "%.2f",
        Summary::timesBaseline);
    panel("added P50, microseconds", "%.0f", Summary::addedP50);
    panel("added P99, microseconds", "%.0f", Summary::addedP99);
    panel("added time to first frame P50, microseconds", "%.0f", Summary::addedFirstByteP50);
    text(
        10,
        y + 20,
        "start",
        results.at() + ", " + results.machine().cpu() + ", " + results.machine().cores()
            + " cores, Java " + results.machine().java());
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\"" + (y + 40)
        + "\" font-family=\"sans-serif\" font-size=\"12\">\n"
        + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n" + out + "</svg>\n";
  }

  private void panel(String title, String format, Function<Summary, Estimate> value) {
    var rows = results.summaries().stream()
        .filter(row -> !row.service().equals(RunningService.DIRECT))
        .filter(row -> value.apply(row).known())
        .toList();
    if (rows.isEmpty()) {
      return;
    }
    double largest =
        rows.stream().mapToDouble(row -> value.apply(row).high()).max().orElse(1);
    double scale = (WIDTH - LEFT - RIGHT) / Math.max(largest, 1e-9);
    text(10, y + 14, "start", title);
    y += TITLE / 2 + 4;
    for (var row : rows) {
      bar(row, value.apply(row), scale, format);
    }
    y += TITLE / 2;
  }

  private void bar(Summary row, Estimate estimate, double scale, String format) {
    int middle = y + BAR / 2;
    text(LEFT - 8, middle + 4, "end", row.scenario() + " " + row.service());
    var colour = COLOURS[services.indexOf(row.service()) % COLOURS.length];
    out.append(String.format(
        Locale.ROOT,
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
        LEFT,
        y,
        length(estimate.median(), scale),
        BAR,
        colour));
    double low = LEFT + length(estimate.low(), scale);
    double high = LEFT + length(estimate.high(), scale);
    out.append(String.format(
        Locale.ROOT,
        "<path d=\"M%.1f %d H%.1f M%.1f %d V%d M%.1f %d V%d\" stroke=\"#222\" fill=\"none\"/>%n",
        low,
        middle,
        high,
        low,
        middle - 4,
        middle + 4,
        high,
        middle - 4,
        middle + 4));
    text(
        (int) high + 8, middle + 4, "start", String.format(Locale.ROOT, format, estimate.median()));
    y += PITCH;
  }

  private static double length(double value, double scale) {
    return Math.max(0, value * scale);
  }

  private void text(int x, int baseline, String anchor, String words) {
    out.append(String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#222\">%s</text>%n",
        x,
        baseline,
        anchor,
        escaped(words)));
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
