package dev.weir.guardrail.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.protocol.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a growing text shows of what it will be, and the limits of a scan. */
class PiiStreamTest {
  private static final PiiDetector DETECTOR = new PiiDetector();
  private static final List<String> TEXTS = List.of(
      "Please send it to jane.doe@mail.example.com or call +1 650-253-0000 before noon, and thank you very much for all.",
      "My card 4111 1111 1111 1111 expires soon; the IBAN is DE89 3704 0044 0532 0130 00 and the NI number AB 12 34 56 C.",
      "The host 192.168.10.1 and 2001:db8::8a2e:370:7334 know https://user:s3cret@example.com/x. 123 456 782 is my TFN, he said.",
      "Born on March 12th, 1985 in Leeds; lives at 221B Baker Street. CPF 390.533.447-05, and 36574261809 is the Steuer-ID of her.");

  @Test
  void what_is_stable_in_a_prefix_is_the_same_in_the_whole() {
    for (var text : TEXTS) {
      var whole = Found.in(DETECTOR, text, DETECTOR.guardrails());
      assertThat(whole).isNotEmpty();
      for (int cut = 1; cut < text.length(); cut++) {
        var prefix = text.substring(0, cut);
        int stable = DETECTOR.stableUntil(NormalizedText.of(prefix), DETECTOR.guardrails());
        assertThat(before(Found.in(DETECTOR, prefix, DETECTOR.guardrails()), stable))
            .as("'%s' is stable until %d", prefix, stable)
            .isEqualTo(before(whole, stable));
      }
    }
  }

  private static List<Finding> before(List<Finding> findings, int offset) {
    return findings.stream().filter(find -> find.start() < offset).toList();
  }

  @Test
  void an_empty_text_and_a_megabyte_of_anything_are_read_in_time() {
    for (var unit : List.of("", "a")) {
      inTime(unit, 1 << 20);
    }
    for (var unit : List.of(
        "1",
        "12-",
        "@",
        "4111 1111 1111 1111 ",
        "a@b.c ",
        "://",
        ":",
        "1:",
        "<<",
        "A",
        "+",
        "(1",
        "é",
        "身1",
        "1.1.1.1 ",
        "x:y@z://",
        "AB12 ",
        "\ud83d",
        "0x",
        "0 ",
        "a-")) {
      inTime(unit, 1 << 16);
    }
  }

  private static void inTime(String unit, int length) {
    var text = unit.isEmpty() ? "" : unit.repeat(length / unit.length());
    long start = System.nanoTime();
    Found.in(DETECTOR, text, DETECTOR.guardrails());
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("much of '%s'", unit)
        .isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void a_deadline_that_has_passed_ends_the_scan() {
    var text = NormalizedText.of("call 650-253-0000 ".repeat(10_000));
    assertThatThrownBy(() -> DETECTOR.scan(
            text, DETECTOR.guardrails(), Deadline.in(Duration.ofSeconds(-1)), _ -> {}))
        .isInstanceOf(Detector.DeadlinePassed.class);
  }

  @Test
  void only_what_is_wanted_is_reported() {
    assertThat(Found.in(DETECTOR, TEXTS.getFirst(), Set.of("pii.email")))
        .extracting(Finding::guardrail)
        .containsExactly("pii.email");
  }

  @Test
  void offsets_are_those_of_the_text_as_it_was_given() {
    var text = "Karte ４１１１ 1111\u200b 1111 1111!";
    var found = Found.in(DETECTOR, text, Set.of("pii.card"));
    assertThat(found).hasSize(1);
    assertThat(text.substring(found.getFirst().start(), found.getFirst().end()))
        .isEqualTo("４１１１ 1111\u200b 1111 1111");
  }
}
