package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.identity.KeyHasher;
import dev.weir.it.TestPostgres;
import dev.weir.seal.EncryptionKeys;
import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands beside a running gateway: what they change is what the admin API would, and is in the audit log. */
class OperatorCommandsTest {
  private static final String PEPPER = "0123456789abcdef0123456789abcdef";
  private static final String OLD = "fedcba9876543210fedcba9876543210";
  private static final String NEW = "next-secret-0123456789-abcdefghijkl";

  @TempDir
  private Path folder = Path.of("");

  private final DatabaseUrl url = TestPostgres.migrated();

  @BeforeEach
  void seed() throws IOException {
    secrets("WEIR_ENCRYPTION_KEY=" + OLD);
    try (var database = Database.open(url, Database.Settings.DEFAULT, Optional.empty())) {
      var stores = new Stores(
          database,
          new KeyHasher(PEPPER.getBytes(StandardCharsets.UTF_8)),
          EncryptionKeys.of(OLD, Optional.empty()),
          Clock.systemUTC());
      stores.checkSecrets();
      assertThat(stores.tenancy().seedDemo()).isPresent();
    }
  }

  private void secrets(String... lines) throws IOException {
    Files.writeString(
        folder.resolve("secrets.env"),
        "WEIR_KEY_PEPPER=" + PEPPER + "\nWEIR_POSTGRES_PASSWORD=unused-password-0123456789abcdef\n"
            + String.join("\n", lines) + "\n");
  }

  private record Ran(int code, String text) {}

  private Ran run(String... arguments) {
    var text = new StringWriter();
    var line = new CommandLine(new WeirCommand());
    line.setOut(new PrintWriter(text, true));
    line.setErr(new PrintWriter(text, true));
    return new Ran(line.execute(arguments(arguments)), text.toString());
  }

  private String[] arguments(String... words) {
    var all = new java.util.ArrayList<>(java.util.List.of(words));
    all.addAll(java.util.List.of(
        "--data-dir",
        folder.toString(),
        "--database-url",
        "postgresql://" + url.user() + "@" + url.host() + ":" + url.port() + "/" + url.database()));
    return all.toArray(String[]::new);
  }

  @Test
  void a_key_is_made_and_the_log_that_says_so_is_whole_until_somebody_writes_into_it() {
    var made = run("keys", "create", "--tenant", "Demo", "--name", "by hand");
    assertThat(made.code()).isZero();
    assertThat(made.text()).startsWith("wr-live-");
    var whole = run("audit", "verify");
    assertThat(whole.code()).isZero();
    assertThat(whole.text()).contains("5 entries").contains("head 5:");
    TestPostgres.execute(url, "UPDATE audit_log SET actor = 'nobody' WHERE seq = 5");
    var broken = run("audit", "verify");
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.text()).contains("entry 5");
  }

  @Test
  void the_first_owner_is_made_by_hand() {
    var made = run("admins", "create", "--name", "ada");
    assertThat(made.code()).isZero();
    assertThat(made.text().strip()).hasSizeGreaterThan(20).doesNotContain(" ");
    assertThat(TestPostgres.query(url, "SELECT role FROM admins WHERE name = 'ada'"))
        .containsExactly("owner");
  }

  @Test
  void a_command_prints_its_answer_and_nothing_of_its_libraries() {
    var printed = new ByteArrayOutputStream();
    var before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(WeirCommand.run(arguments("keys", "create", "--tenant", "Demo", "--name", "x")))
          .isZero();
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).matches("wr-live-[0-9A-Za-z-]+\\R");
  }

  @Test
  void the_encryption_key_is_changed_in_three_steps() throws IOException {
    secrets("WEIR_ENCRYPTION_KEY=" + NEW);
    var refused = run("keys", "rotate-encryption");
    assertThat(refused.code()).isNotZero();
    assertThat(refused.text()).contains("WEIR_ENCRYPTION_KEY");
    secrets("WEIR_ENCRYPTION_KEY=" + NEW, "WEIR_ENCRYPTION_KEY_PREVIOUS=" + OLD);
    assertThat(run("audit", "verify").code()).isZero();
    assertThat(run("keys", "rotate-encryption").code()).isZero();
    secrets("WEIR_ENCRYPTION_KEY=" + NEW);
    assertThat(run("audit", "verify").code()).isZero();
    secrets("WEIR_ENCRYPTION_KEY=" + OLD);
    assertThat(run("audit", "verify").code()).isNotZero();
  }
}
