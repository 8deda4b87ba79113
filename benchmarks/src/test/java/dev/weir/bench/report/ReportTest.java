package dev.weir.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.bench.run.Block;
import dev.weir.bench.run.IdleCost;
import dev.weir.bench.run.Plan;
import dev.weir.bench.run.Scenario;
import dev.weir.bench.run.Scenarios;
import dev.weir.bench.run.StartUp;
import dev.weir.bench.stats.Percentiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final List<Scenario> ONE = Scenarios.all(Scenarios.Generator.OWN).stream()
      .filter(scenario -> scenario.name().equals("rate-1000"))
      .toList();

  @Test
  void ratios_compare_what_ran_in_the_same_half() {
    var rows = Summary.of(
        List.of(
            block(1, "haproxy", 1, 10, 300),
            block(1, "weir", 1, 30, 900),
            block(1, "weir", 2, 80, 800),
            block(1, "haproxy", 2, 20, 200)),
        ONE,
        "haproxy");
    var weir =
        rows.stream().filter(row -> row.service().equals("weir")).findFirst().orElseThrow();
    // 30/10 and 80/20, never 80/10
    assertThat(weir.timesBaseline().low()).isEqualTo(3);
    assertThat(weir.timesBaseline().high()).isEqualTo(4);
    assertThat(weir.timesBaseline().median()).isEqualTo(3.5);
    assertThat(weir.counted()).isEqualTo(2);
  }

  @Test
  void what_is_added_is_less_the_direct_path() {
    var rows = Summary.of(
        List.of(
            block(1, "direct", 1, 0, 100),
            block(1, "weir", 1, 30, 450),
            block(1, "weir", 2, 30, 550),
            block(1, "direct", 2, 0, 150)),
        ONE,
        "haproxy");
    var weir = rows.getLast();
    assertThat(weir.addedP50().median()).isCloseTo(375, within(1e-9));
    assertThat(weir.timesBaseline().known()).isFalse();
  }

  @Test
  void a_void_block_counts_for_nobody_and_is_said() {
    var bad = voided(block(1, "haproxy", 1, 10, 300));
    var blocks = List.of(bad, block(1, "weir", 1, 30, 900));
    var rows = Summary.of(blocks, ONE, "haproxy");
    assertThat(rows).allSatisfy(row -> assertThat(row.timesBaseline().known()).isFalse());
    assertThat(Table.of(results(rows, blocks))).contains("void").contains("steal 7 %");
  }

  @Test
  void the_picture_is_well_formed_whatever_the_names() throws Exception {
    var blocks = List.of(block(1, "direct", 1, 0, 100), block(1, "a<b&\"c", 1, 30, 900));
    var svg = Picture.of(results(Summary.of(blocks, ONE, "a<b&\"c"), blocks));
    var document = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(document.getElementsByTagName("rect").getLength()).isGreaterThan(2);
    assertThat(svg).doesNotContain("NaN");
  }

  @Test
  void what_is_written_is_read_back(@TempDir Path folder) throws IOException {
    var blocks = List.of(block(1, "direct", 1, 0, 100), block(1, "weir", 1, 30, 900));
    var results = results(Summary.of(blocks, ONE, "haproxy"), blocks);
    var file = ResultFiles.write(folder, results);
    assertThat(ResultFiles.read(file)).isEqualTo(results);
    assertThat(ResultFiles.latest(Set.of(file, folder.resolve("20200101-000000.json"))))
        .contains(file);
  }

  @Test
  void a_change_within_the_noise_is_called_so() {
    var before = results(List.of(block(1, "haproxy", 1, 10, 1), block(1, "weir", 1, 30, 1)));
    var same = results(List.of(block(1, "haproxy", 1, 10, 1), block(1, "weir", 1, 30, 1)));
    var worse = results(List.of(block(1, "haproxy", 1, 10, 1), block(1, "weir", 1, 60, 1)));
    assertThat(Table.changes(before, same)).contains("3.00 -> 3.00 (+0 %), within the noise");
    assertThat(Table.changes(before, worse)).contains("3.00 -> 6.00 (+100 %)\n");
  }

  private static Results results(List<Block> blocks) {
    return results(Summary.of(blocks, ONE, "haproxy"), blocks);
  }

  private static Results results(List<Summary> rows, List<Block> blocks) {
    return new Results(
        "2026-11-24T10:00:00Z",
        "abc1234",
        "--quick",
        "haproxy",
        Plan.Neighbours.REFUSED,
        new Results.Machine("some <CPU>", 2, "6.1", 24_000, "25", List.of("HAProxy 2.6")),
        rows,
        List.of(new StartUp(1, "weir", 1.5, 150, 200)),
        List.of(new IdleCost(1, "weir", 1000, 12.5)),
        blocks);
  }

  private static Block block(int round, String service, int half, double cpu, double p50) {
    return new Block(
        round,
        "rate-1000",
        service,
        half,
        1000,
        0,
        1000,
        cpu,
        0.5,
        0.5,
        0,
        0,
        new Percentiles(1000, p50, p50 * 2, p50 * 3, p50 * 4, p50 * 5),
        new Percentiles(0, 0, 0, 0, 0, 0),
        false,
        List.of());
  }

  private static Block voided(Block good) {
    return new Block(
        good.round(),
        good.scenario(),
        good.service(),
        good.half(),
        good.units(),
        good.failures(),
        good.perSecond(),
        good.cpuMicrosPerUnit(),
        good.serviceBusy(),
        good.loadBusy(),
        0.07,
        good.foreign(),
        good.latency(),
        good.firstByte(),
        good.unsaturated(),
        List.of("steal 7 %"));
  }
}
