package dev.weir.guardrail.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.protocol.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesDetectorTest {
  private static final NamesDetector DETECTOR = NamesDetector.shipped();

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      My name is Tobias Grellmann and I live in Lisbon. | pii.person=Tobias Grellmann, pii.location=Lisbon
      Please call Priya Nair about the invoice. | pii.person=Priya Nair
      Dr. Oyelaran said the results are fine. | pii.person=Oyelaran
      what's your name? mark pinto | pii.person=mark pinto
      Ich heiße Jörg Wehrmann und wohne in Münster. | pii.person=Jörg Wehrmann, pii.location=Münster
      Je m'appelle Amélie Durand. | pii.person=Amélie Durand
      We flew from New York to Buenos Aires. | pii.location=New York, pii.location=Buenos Aires
      She works for Siemens in Nuremberg. | pii.organization=Siemens, pii.location=Nuremberg
      Kowalski & Partners GmbH sent a letter. | pii.organization=Kowalski & Partners GmbH
      """)
  void names_are_found_where_they_stand(String text, String expected) {
    assertThat(found(text)).containsExactly(expected.split(", "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Write a Python function that reads a CSV file on Monday.",
        "The meeting is in May, and the Bible class on Sunday.",
        "Explain the Big Bang in German, please.",
        "I will mark the page and bill the client.",
        "public static void main(String[] args) { HashMap map; }",
        "THIS IS AN IMPORTANT NOTICE",
        "@anna_berlin #paris https://example.com/John/London",
        "How do I bake bread without yeast?"
      })
  void what_only_looks_like_a_name_is_none(String text) {
    assertThat(found(text)).isEmpty();
  }

  @Test
  void a_handful_of_disguises_changes_nothing() {
    var text = "My name is Tobias Grellmann.";
    for (var trick : List.of(
        String.join("\u200B", text.split("")),
        text.replace('o', 'о').replace('a', 'а'),
        text.replace("Tobias", "Ｔｏｂｉａｓ"))) {
      assertThat(finds(trick)).as(trick).hasSize(1);
    }
  }

  @Test
  void only_what_is_wanted_is_reported() {
    var found = new ArrayList<Finding>();
    DETECTOR.scan(
        NormalizedText.of("Call Jane Miller in Paris."),
        Set.of("pii.location"),
        Deadline.in(Duration.ofMinutes(1)),
        found::add);
    assertThat(found).extracting(Finding::guardrail).containsExactly("pii.location");
  }

  /** What is behind the words that count changes nothing: the promise that streams rest on. */
  @Test
  void what_is_stable_stays_as_it_is_however_the_text_goes_on() {
    var words = List.of(
        "Anna", "Berger", "and", "Tom", "Lee", "live", "in", "New", "York,", "said", "Dr.", "J.",
        "R.", "Smith.", "the", "Bank", "of", "China", "-", "\n", "12", "called", "San", "José");
    var random = new Random(17);
    for (int round = 0; round < 400; round++) {
      var text = new StringBuilder();
      for (int i = 0; i < 14; i++) {
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      var whole = finds(text.toString());
      int cut = random.nextInt(text.length());
      var part = text.substring(0, cut);
      int stable = DETECTOR.stableUntil(NormalizedText.of(part), DETECTOR.guardrails());
      assertThat(finds(part).stream().filter(find -> find.start() < stable).toList())
          .as("%s|%s", part, text.substring(cut))
          .isEqualTo(whole.stream().filter(find -> find.start() < stable).toList());
    }
  }

  @Test
  void damaged_weights_are_noticed() {
    var bytes = NameWeights.shipped().bytes();
    assertThat(NameWeights.read(bytes).digest()).isEqualTo(NameWeights.shipped().digest());
    bytes[4000] ^= 1;
    assertThatThrownBy(() -> NameWeights.read(bytes)).hasMessageContaining("damaged");
  }

  @Test
  void a_deadline_that_passed_ends_a_long_look() {
    var text = NormalizedText.of("Anna went to Rome. ".repeat(10_000));
    assertThatThrownBy(
            () -> DETECTOR.scan(text, DETECTOR.guardrails(), Deadline.in(Duration.ZERO), _ -> {}))
        .isInstanceOf(Detector.DeadlinePassed.class);
  }

  private static List<String> found(String text) {
    return finds(text).stream()
        .map(find -> find.guardrail() + "=" + text.substring(find.start(), find.end()))
        .toList();
  }

  private static List<Finding> finds(String text) {
    var found = new ArrayList<Finding>();
    DETECTOR.scan(
        NormalizedText.of(text),
        DETECTOR.guardrails(),
        Deadline.in(Duration.ofMinutes(1)),
        found::add);
    return found.stream()
        .filter(find -> find.score() >= DETECTOR.threshold(find.guardrail()))
        .toList();
  }
}
