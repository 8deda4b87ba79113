package dev.weir.guardrail.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.engine.Recorder;
import dev.weir.guardrail.profile.BuiltInProfiles;
import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.guardrail.profile.GuardrailProfile;
import dev.weir.guardrail.profile.Naming;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.guardrail.scan.Overlaps;
import dev.weir.guardrail.scan.Replacements;
import dev.weir.guardrail.scan.Scan;
import dev.weir.guardrail.stream.TextStream.Way;
import dev.weir.protocol.Deadline;
import dev.weir.telemetry.GuardrailTrace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The detectors in the box keep what streams are promised: cut anyhow, the outcome is the redaction of the whole. */
class ShippedStreamTest {
  private static final List<String> TEXTS = List.of(
      "Please send it to Jane Doe, 12 Main Street, 10115 Berlin, before 3 May 2024.",
      "My card is 4111 1111 1111 1111, expires 12/27, CVV 123.",
      "IBAN DE89 3704 0044 0532 0130 00 and BIC COBADEFFXXX, thanks",
      "call +49 30 901820 or (030) 901820 at noon",
      "SSN: 078-05-1120 or 123-45-6789 (social security number)",
      "john.doe@example.com, müller@firma.de",
      "key sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH and AKIAIOSFODNN7EXAMPLE",
      "password = \"hunter2hunter2\" token: ghp_abcdefghijklmnopqrstuvwxyz0123456789",
      "postgres://user:secretpw@db.example.com:5432/app",
      "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq\nabc\n-----END RSA PRIVATE KEY-----",
      "192.168.1.1 and 2001:db8::1 and 00:1A:2B:3C:4D:5E",
      "my date of birth is 12.03.1985",
      "Dear Mr. J. R. Smith, Anna Berger of Kowalski & Partners GmbH lives in New York, near San José.",
      "BSN 111222333, NHS number 943 476 5919",
      "Steuer-ID 86 095 742 719",
      "CPF 111.444.777-35 e CNPJ 11.222.333/0001-81",
      "tax number is 123-45-6789 and that is it for the day my friend",
      "VIN 1HGCM82633A004352",
      "日本語 0312345678 です");

  private final GuardrailChain chain = chain();

  private static GuardrailChain chain() {
    var detectors = Detectors.builtIn();
    var rules =
        "[{\"guardrail\":\"pii\",\"action\":\"redact\"},{\"guardrail\":\"secrets\",\"action\":\"redact\"},"
            + "{\"guardrail\":\"pii.person\",\"action\":\"redact\"},{\"guardrail\":\"pii.location\",\"action\":\"redact\"},"
            + "{\"guardrail\":\"pii.organization\",\"action\":\"redact\"}]";
    var profile = GuardrailProfile.read("p", "p", 1, rules, detectors);
    return ProfileBook.of(List.of(profile), new BuiltInProfiles(detectors), Optional.empty())
        .chain(List.of(new Naming("key", "p")), Optional.empty());
  }

  @Test
  void texts_cut_at_random_give_the_redaction_of_the_whole() {
    var random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      var text = text(random);
      assertThat(streamed(text, random)).as("round %s: %s", round, text).isEqualTo(whole(text));
    }
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      var piece = TEXTS.get(random.nextInt(TEXTS.size()));
      text.append(random.nextInt(4) == 0 ? piece.substring(random.nextInt(piece.length())) : piece);
      text.append(random.nextInt(6) == 0 ? '\n' : ' ');
    }
    return text.toString();
  }

  private String whole(String text) {
    var deadline = Deadline.in(Duration.ofSeconds(20));
    var found = Scan.of(text, chain.output(), deadline, new GuardrailTrace());
    var replacements = new Replacements(new byte[] {1});
    var out = new StringBuilder();
    int at = 0;
    for (var hit : Overlaps.resolve(found.hits())) {
      out.append(text, at, hit.start());
      out.append(replacements.of(hit, text.substring(hit.start(), hit.end())));
      at = hit.end();
    }
    return out.append(text, at, text.length()).toString();
  }

  private String streamed(String text, Random random) {
    var trace = new GuardrailTrace();
    var checks = new StreamChecks(
        chain,
        new Replacements(new byte[] {1}),
        trace,
        new Recorder(trace, Direction.OUTPUT),
        Duration.ofSeconds(20));
    var channel = new Channel(checks, "/c", Channel.Writing.TEXT, Way.SPOKEN);
    var out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int next = Math.min(text.length(), at + 1 + random.nextInt(8));
      out.append(channel.push(text.substring(at, next)));
      at = next;
    }
    return out.append(channel.end()).toString();
  }
}
