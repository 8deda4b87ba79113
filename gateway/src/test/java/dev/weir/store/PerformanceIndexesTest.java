package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The indexes stand in a migration and, for operators, in scripts of their own: both must mean the same. */
class PerformanceIndexesTest {
  private static final Path SCRIPTS = Path.of("../scripts");

  @Test
  void the_script_adds_what_the_migration_adds() throws IOException {
    var migration = Path.of("src/main/resources/db/migration/V2__performance_indexes.sql");
    assertThat(created(SCRIPTS.resolve("add_performance_indexes.sql")))
        .hasSize(8)
        .isEqualTo(created(migration));
  }

  @Test
  void the_script_drops_what_the_other_adds() throws IOException {
    var added = created(SCRIPTS.resolve("add_performance_indexes.sql")).stream()
        .map(statement -> statement.replaceFirst("(?s).*EXISTS (\\w+).*", "$1"))
        .toList();
    assertThat(Files.readAllLines(SCRIPTS.resolve("drop_performance_indexes.sql")).stream()
            .filter(line -> line.startsWith("DROP"))
            .map(line -> line.replaceFirst(".*EXISTS (\\w+).*", "$1")))
        .containsExactlyElementsOf(added);
  }

  private static List<String> created(Path script) throws IOException {
    var text = Files.readString(script);
    return List.of(text.substring(text.indexOf("\nCREATE")).strip().split("\n(?=CREATE)"));
  }
}
