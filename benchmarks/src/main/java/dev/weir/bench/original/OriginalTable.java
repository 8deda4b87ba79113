package dev.weir.bench.original;

import java.util.Locale;
import java.util.function.Function;

/** Such findings as text: the original's rows, Weir's columns. Stateless. */
public final class OriginalTable {
  private static final String ROW = "%-24s %-14s %-14s";

  private OriginalTable() {}

  static String line(Passage passage) {
    return String.format(
        Locale.ROOT,
        "  %-22s p50 %.2f p95 %.2f p99 %.2f ms, %.3f statements a request, %.0f/s, %d failures%s",
        passage.name(),
        passage.latency().p50() / 1e3,
        passage.latency().p95() / 1e3,
        passage.latency().p99() / 1e3,
        passage.statements(),
        passage.perSecond(),
        passage.failures(),
        passage.disturbed().isEmpty()
            ? ""
            : "; disturbed: " + String.join(", ", passage.disturbed()));
  }

  /** The table, and how to read it. */
  public static String of(OriginalFindings findings) {
    var out = new StringBuilder();
    out.append(String.format(ROW, "", "original", "its goal"));
    findings.passages().forEach(p -> out.append(String.format("  %-21s", p.name())));
    out.append('\n');
    row(out, findings, "P50 ms", "150", "< 8", p -> millis(p.latency().p50()));
    row(out, findings, "P95 ms", "-", "< 12", p -> millis(p.latency().p95()));
    row(out, findings, "P99 ms", "-", "< 15", p -> millis(p.latency().p99()));
    row(
        out,
        findings,
        "added P50 ms",
        "",
        "",
        p -> millis(p.latency().p50() - p.direct().p50()));
    row(
        out,
        findings,
        "added P99 ms",
        "",
        "",
        p -> millis(p.latency().p99() - p.direct().p99()));
    row(
        out,
        findings,
        "statements a request",
        "7-10",
        "1-2",
        p -> String.format(Locale.ROOT, "%.3f", p.statements()));
    row(out, findings, "requests/s, open loop", "200", "2000", p -> whole(p.perSecond()));
    row(
        out,
        findings,
        "requests/s at most",
        "",
        "",
        p -> p.saturated() == 0 ? "-" : whole(p.saturated()));
    row(out, findings, "failures", "", "", p -> String.valueOf(p.failures()));
    out.append(
        "%d tenants, %d keys, a guardrail profile on every level; gateway and database on one core\n"
            .formatted(findings.tenants(), findings.keys()));
    findings.passages().stream()
        .filter(passage -> !passage.disturbed().isEmpty())
        .forEach(passage -> out.append("disturbed: ")
            .append(passage.name())
            .append(": ")
            .append(String.join(", ", passage.disturbed()))
            .append('\n'));
    return out.toString();
  }

  private static void row(
      StringBuilder out,
      OriginalFindings findings,
      String name,
      String was,
      String goal,
      Function<Passage, String> value) {
    out.append(String.format(ROW, name, was, goal));
    findings.passages().forEach(p -> out.append(String.format("  %-21s", value.apply(p))));
    out.append('\n');
  }

  private static String millis(double micros) {
    return String.format(Locale.ROOT, "%.2f", micros / 1e3);
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
