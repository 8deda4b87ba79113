package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The size rules: what no longer fits a screen is read by nobody. */
class SizeRulesTest {
  private static final int LONGEST_FILE = 500;
  private static final int MEDIAN_FILE = 110;
  private static final int LONGEST_PAGE = 30;
  private static final Path MAIN = Path.of("src/main/java");

  @Test
  void no_file_is_longer_than_five_hundred_lines() throws IOException {
    for (var file : sources()) {
      assertThat(Files.readAllLines(file).size())
          .as(file.toString())
          .isLessThanOrEqualTo(LONGEST_FILE);
    }
  }

  @Test
  void the_usual_file_is_short() throws IOException {
    var lengths = sources().stream().map(SizeRulesTest::length).sorted().toList();
    assertThat(lengths.get(lengths.size() / 2)).isLessThanOrEqualTo(MEDIAN_FILE);
  }

  @Test
  void one_request_is_one_page() throws IOException {
    var lines = Files.readAllLines(MAIN.resolve("dev/weir/pipeline/ChatPipeline.java"));
    var start = lines.indexOf("  public void handle(Exchange exchange) {");
    var end = lines.subList(start, lines.size()).indexOf("  }");
    assertThat(start).isPositive();
    assertThat(end).isBetween(5, LONGEST_PAGE);
  }

  @Test
  void every_package_says_its_role() throws IOException {
    for (var file : sources()) {
      var info = file.resolveSibling("package-info.java");
      assertThat(info).exists();
      assertThat(Files.readString(info))
          .contains("@NullMarked")
          .contains("Start")
          .contains("hot");
    }
  }

  private static int length(Path file) {
    try {
      return Files.readAllLines(file).size();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static List<Path> sources() throws IOException {
    try (var all = Files.walk(MAIN)) {
      return all.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
