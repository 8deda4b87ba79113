package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  @Test
  void both_scripts_run_again_and_again_by_psql_and_mend_an_index_that_was_not_built_to_its_end()
      throws Exception {
    var url = TestPostgres.migrated();
    var names =
        "SELECT indexrelid::regclass::text FROM pg_index WHERE indisvalid AND indexrelid::regclass"
            + "::text LIKE 'idx\\_%' ORDER BY 1";
    var before = TestPostgres.query(url, names);
    assertThat(before).hasSize(8);
    for (var i = 0; i < 2; i++) {
      run(url, "drop_performance_indexes.sql");
      assertThat(TestPostgres.query(url, names)).isEmpty();
    }
    for (var i = 0; i < 2; i++) {
      run(url, "add_performance_indexes.sql");
      assertThat(TestPostgres.query(url, names)).isEqualTo(before);
    }
    TestPostgres.execute(
        url,
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid ="
            + " 'idx_api_routes_priority'::regclass");
    run(url, "add_performance_indexes.sql");
    assertThat(TestPostgres.query(url, names)).isEqualTo(before);
  }

  /** By psql, and where there is none by what psql would do: a statement at a time, {@code \gexec} included. */
  private static void run(DatabaseUrl url, String script) throws Exception {
    var file = SCRIPTS.resolve(script);
    try {
      var server = List.of("-h", url.host(), "-p", "" + url.port(), "-U", url.user());
      var command = new ArrayList<>(List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"));
      command.addAll(server);
      command.addAll(List.of("-d", url.database(), "-f", file.toString()));
      var running = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(running.waitFor()).as(said).isZero();
    } catch (IOException _) {
      for (var one :
          Files.readString(file).replaceAll("(?m)^--.*\n", "").split(";|\\\\gexec\n", -1)) {
        if (one.strip().startsWith("SELECT")) {
          TestPostgres.query(url, one).forEach(made -> TestPostgres.execute(url, made));
        } else if (!one.isBlank()) {
          TestPostgres.execute(url, one);
        }
      }
    }
  }

  private static List<String> created(Path script) throws IOException {
    var text = Files.readString(script);
    return List.of(text.substring(text.indexOf("\nCREATE")).strip().split("\n(?=CREATE)"));
  }
}
