package dev.weir.guardrail.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.pii.Found;
import dev.weir.protocol.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are put together here from parts or at random, so that no scanner of repositories takes the test for a leak. */
class SecretsDetectorTest {
  private static final SecretsDetector DETECTOR = new SecretsDetector();
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  @Test
  void a_random_secret_of_every_rule_is_found_in_code_and_in_prose() {
    var random = new Random(20261124);
    var missed = new ArrayList<String>();
    for (var rule : SecretRules.all()) {
      for (int i = 0; i < 20; i++) {
        var secret = secret(rule, random);
        if (!rule.check().test(secret)) {
          continue;
        }
        for (var text : List.of(
            "export KEY=" + secret,
            "my key is " + secret + ".",
            "{\"k\":\"" + secret + "\"}",
            secret)) {
          boolean found = Found.in(DETECTOR, text, DETECTOR.guardrails()).stream()
              .anyMatch(find -> find.guardrail().equals(rule.id())
                  && text.substring(find.start(), find.end()).equals(secret));
          if (!found && i < 3) {
            missed.add(rule.id() + " " + text);
          }
        }
      }
    }
    assertThat(missed).isEmpty();
  }

  /** A secret as the rule's provider might give it out. */
  private static String secret(SecretRule rule, Random random) {
    int length = rule.least();
    var text = new StringBuilder(rule.prefix());
    for (int i = 0; i < length; i++) {
      char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      text.append(
          switch (rule.letters()) {
            case HEX -> "0123456789abcdef".charAt(random.nextInt(16));
            case CAPITAL -> "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(random.nextInt(32));
            case DIGITS -> (char) ('0' + random.nextInt(10));
            default -> c;
          });
    }
    switch (rule.prefix()) {
      case "SG." -> text.setCharAt(25, '.');
      case "pat" -> text.setCharAt(17, '.');
      case "github_pat_" -> text.setCharAt(33, '_');
      case "hooks.slack.com/services/" -> text.setCharAt(rule.prefix().length(), 'T');
      case "wr-" ->
        text.replace(
            3,
            text.length(),
            "live-" + "Ab3dEf6hIj9kLm2n" + "-"
                + "q1W2e3R4t5Y6u7I8o9P0a1S2d3F4g5H6j7K8l9Z0x1C2v3B4n5M6");
      default -> {}
    }
    return text.toString();
  }

  @Test
  void a_token_of_github_with_its_checksum_is_certain() {
    // the checksum that this string of 30 has by the published scheme
    var body = "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ";
    var token = "ghp_" + body + "0mLq17";
    assertThat(SecretChecks.crc(token)).isTrue();
    assertThat(Found.in(DETECTOR, token, DETECTOR.guardrails()).getFirst().score())
        .isEqualTo(1.0);
    assertThat(SecretChecks.crc("ghp_" + body + "0mLq18")).isFalse();
  }

  @Test
  void shapes_without_a_prefix_of_their_own_are_found() {
    var header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
    assertFound(
        "Bearer " + header
            + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
        "secrets.jwt");
    assertFound(
        "-----BEGIN RSA PRIVATE " + "KEY-----\nMIIEow\nabc=\n-----END RSA PRIVATE KEY----- done",
        "secrets.private_key");
    assertFound("-----BEGIN OPENSSH PRIVATE " + "KEY-----\nb3BlbnNzaC1rZXk", "secrets.private_key");
    assertFound(
        "DSN=postgres://app:" + "hunter22@db.internal:5432/app", "secrets.connection_string");
    assertFound("mongodb+srv://u:" + "Xk29vL@cluster0.mongodb.net/x", "secrets.connection_string");
    assertFound(
        "\"Server=db;Database=x;User Id=app;Password=" + "Zk3!vv9;\"", "secrets.connection_string");
    assertFound(
        "AccountName=x;AccountKey="
            + "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
        "secrets.azure");
    assertFound(
        "aws_secret_access_key = " + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "secrets.aws");
    assertFound("bot 123456789:" + "AAF9x2kL0pQ7rS4tU1vW8yZ3bC6dE5fG2hJ", "secrets.telegram");
    assertFound("DB_PASSWORD=\"" + "t7Kp29xQm4\"", "secrets.generic");
    assertFound("the password is " + "t7Kp29xQm4", "secrets.generic");
  }

  private static void assertFound(String text, String id) {
    assertThat(Found.in(DETECTOR, text, DETECTOR.guardrails()))
        .as(text)
        .anyMatch(find -> find.guardrail().equals(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const password = process.env.DB_PASSWORD;",
        "password: \"${DB_PASSWORD}\", secret: <your-secret-1234>, api_key = \"your_api_key_12\"",
        "String secret = secrets.get(\"name2\"); token = tokenizer.next4();",
        "sk-learn, sk-SK, ghp_, AKIA, eyJ, hf_hub, npm_config_registry, xoxb",
        "https://user@example.com/path and https://example.com:8080/a@b",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN PUBLIC KEY-----\nMFk\n-----END PUBLIC KEY-----",
        "https://github.com/weir/weir/commit/9fceb02d0ae598e95dc970b74767f19372d61af8",
        "sha512-9yDa8xT4Zv2kQw== integrity d41d8cd98f00b204e9800998ecf8427e",
        "the secret of success: start early; password must have 8 characters",
        "postgres://user:password@localhost/db and redis://:${PASS}@host",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA sk-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void nothing_is_found_in(String text) {
    assertThat(Found.texts(DETECTOR, text)).isEmpty();
  }

  @Test
  void a_megabyte_is_read_in_time_and_a_passed_deadline_ends_the_scan() {
    for (var unit : List.of(
        "a", "sk-", "eyJ", "-----BEGIN ", "password=", "://", "x:y@z://", ":AA", "Q~", "AKIA")) {
      long start = System.nanoTime();
      Found.in(DETECTOR, unit.repeat((1 << 16) / unit.length()), DETECTOR.guardrails());
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as(unit)
          .isLessThan(Duration.ofSeconds(30));
    }
    var text = NormalizedText.of("sk-".repeat(100_000));
    assertThatThrownBy(() -> DETECTOR.scan(
            text, DETECTOR.guardrails(), Deadline.in(Duration.ofSeconds(-1)), _ -> {}))
        .isInstanceOf(Detector.DeadlinePassed.class);
  }
}
