package dev.weir.bench.original;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bench.report.Results;
import dev.weir.bench.stats.Percentiles;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginalTableTest {
  private final OriginalFindings findings = new OriginalFindings(
      "2026-11-25T02:00:00Z",
      "abc",
      new Results.Machine("a CPU", 2, "6.1", 1000, "25", List.of()),
      1_000,
      10_000,
      List.of(
          passage("cold key", 1.0, List.of()),
          passage("warm key", 0.0, List.of("load core 90 % busy"))));

  @Test
  void the_originals_rows_stand_beside_each_way_to_the_keys() {
    assertThat(OriginalTable.of(findings))
        .containsPattern("P50 ms +150 +< 8 +2\\.00 +2\\.00")
        .containsPattern("added P99 ms +8\\.00 +8\\.00")
        .containsPattern("statements a request +7-10 +1-2 +1\\.000 +0\\.000")
        .containsPattern("requests/s at most +- +9000")
        .contains("1000 tenants, 10000 keys")
        .contains("disturbed: warm key: load core 90 % busy");
  }

  @Test
  void the_picture_is_an_svg_with_a_bar_for_each() {
    assertThat(findings.picture())
        .startsWith("<svg")
        .endsWith("</svg>\n")
        .contains("cold key", "warm key", "P99 &lt; 15", "2.00, 6.00, 9.00");
  }

  private static Passage passage(String name, double statements, List<String> disturbed) {
    return new Passage(
        name,
        new Percentiles(100, 2_000, 6_000, 9_000, 9_500, 10_000),
        new Percentiles(100, 500, 800, 1_000, 1_000, 1_000),
        2_000,
        0,
        statements,
        statements > 0 ? 0 : 9_000,
        disturbed);
  }
}
