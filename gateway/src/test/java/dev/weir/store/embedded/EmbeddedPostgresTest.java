package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.DatabaseUrl;
import dev.weir.store.StoreFailure;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedPostgresTest {
  private static final String PASSWORD = "a password of the test";

  private Path folder = Path.of("");
  private Path data = Path.of("");
  private final List<String> told = new ArrayList<>();

  @BeforeAll
  void make_the_data_once(@TempDir Path made) {
    folder = made;
    data = folder.resolve("data");
    try (var server = start()) {
      execute(server.url(), "CREATE TABLE kept (word text)");
      execute(server.url(), "INSERT INTO kept VALUES ('here')");
    }
    assertThat(told).hasSize(2);
  }

  @BeforeEach
  void forget() {
    told.clear();
  }

  @AfterEach
  void no_server_is_left() throws IOException {
    var left = new PostmasterFile(data).server();
    left.ifPresent(ProcessHandle::destroy);
    assertThat(left).isEmpty();
  }

  @Test
  void data_and_port_outlive_a_restart_and_nothing_is_made_again() {
    DatabaseUrl first;
    try (var server = start()) {
      first = server.url();
      assertThat(query(first, "SELECT word FROM kept")).isEqualTo("here");
    }
    try (var server = start()) {
      assertThat(server.url()).isEqualTo(first);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void it_is_durable_and_on_loopback_only_with_a_password() {
    try (var server = start()) {
      for (var setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
        assertThat(query(server.url(), "SHOW " + setting)).isEqualTo("on");
      }
      assertThat(query(server.url(), "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(server.url(), "SHOW password_encryption")).isEqualTo("scram-sha-256");
      assertThat(query(server.url(), "SHOW server_encoding")).isEqualTo("UTF8");
      var wrong = with(server.url(), "not the password");
      assertThatThrownBy(() -> query(wrong, "SELECT 1")).hasMessageContaining("authentication");
    }
  }

  @Test
  void a_server_whose_weir_was_killed_is_stopped_and_started_without_loss() throws IOException {
    var orphan = start();
    execute(orphan.url(), "INSERT INTO kept VALUES ('written before the kill')");
    var pid = new PostmasterFile(data).server().orElseThrow().pid();
    try (var server = start()) {
      assertThat(told).containsExactly("stopping the PostgreSQL that a killed Weir left behind");
      assertThat(new PostmasterFile(data).server().orElseThrow().pid()).isNotEqualTo(pid);
      assertThat(query(server.url(), "SELECT count(*)::text FROM kept WHERE word LIKE 'written%'"))
          .isEqualTo("1");
    }
  }

  @Test
  void a_killed_server_recovers_what_was_committed() throws Exception {
    var killed = start();
    execute(killed.url(), "CREATE TABLE committed AS SELECT generate_series(1, 1000) AS n");
    var process = new PostmasterFile(data).server().orElseThrow();
    assertThat(process.destroyForcibly()).isTrue();
    process.onExit().get(10, TimeUnit.SECONDS);
    try (var server = start()) {
      assertThat(query(server.url(), "SELECT count(*)::text FROM committed")).isEqualTo("1000");
    }
  }

  @Test
  void a_stale_pid_file_that_names_an_innocent_process_harms_neither() throws Exception {
    var innocent = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          data.resolve("postmaster.pid"),
          innocent.pid() + "\n" + data + "\n1700000000\n5432\n\n127.0.0.1\n        0         0\n");
      try (var server = start()) {
        assertThat(query(server.url(), "SELECT 1::text")).isEqualTo("1");
      }
      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.destroyForcibly();
    }
  }

  @Test
  void a_remembered_port_that_is_taken_is_left_alone() throws IOException {
    start().close();
    var port = Integer.parseInt(Files.readString(folder.resolve("port")).strip());
    try (var taken = new ServerSocket(port);
        var server = start()) {
      assertThat(server.url().port()).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void data_of_another_major_version_is_refused_and_left_as_it_is() throws IOException {
    var version = data.resolve("PG_VERSION");
    Files.writeString(version, "16\n");
    try {
      assertThatThrownBy(this::start)
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("of PostgreSQL 16")
          .hasMessageContaining("--data-dir");
      assertThat(version).hasContent("16");
    } finally {
      Files.writeString(version, EmbeddedPostgres.MAJOR + "\n");
    }
  }

  @Test
  void another_password_is_refused_and_no_server_stays() {
    assertThatThrownBy(() -> EmbeddedPostgres.start(folder, "another one", told::add))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("made with another password")
        .hasMessageContaining("secrets.env");
  }

  @Test
  void what_a_killed_first_start_left_is_made_anew(@TempDir Path interrupted) throws IOException {
    Files.createDirectories(interrupted.resolve("programs.partial/bin"));
    Files.createDirectories(interrupted.resolve("data.partial"));
    Files.writeString(interrupted.resolve("data.partial/PG_VERSION"), "18\n");
    try (var server = EmbeddedPostgres.start(interrupted, PASSWORD, told::add)) {
      assertThat(query(server.url(), "SELECT 1::text")).isEqualTo("1");
    }
    assertThat(interrupted.resolve("programs.partial")).doesNotExist();
    assertThat(interrupted.resolve("data.partial")).doesNotExist();
  }

  @Test
  void closing_twice_or_after_the_server_died_is_no_error() throws Exception {
    var server = start();
    server.close();
    server.close();
    var killed = start();
    var process = new PostmasterFile(data).server().orElseThrow();
    process.destroyForcibly();
    process.onExit().get(10, TimeUnit.SECONDS);
    killed.close();
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(folder, PASSWORD, told::add);
  }

  private static DatabaseUrl with(DatabaseUrl url, String password) {
    return new DatabaseUrl(url.host(), url.port(), url.database(), url.user(), password, "");
  }

  private static void execute(DatabaseUrl url, String sql) {
    try (var connection = connect(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  private static String query(DatabaseUrl url, String sql) {
    try (var connection = connect(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  private static java.sql.Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + url.host() + ":" + url.port() + "/" + url.database(),
        url.user(),
        url.password());
  }
}
