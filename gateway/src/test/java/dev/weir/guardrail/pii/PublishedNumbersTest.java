package dev.weir.guardrail.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Published numbers in sentences, one line each in {@code pii-sentences.txt}, which names the sources. */
class PublishedNumbersTest {
  private static final PiiDetector DETECTOR = new PiiDetector();

  private record Sentence(String id, String number, String text) {}

  @Test
  void each_published_number_is_found_for_what_it_is_among_all_others() throws IOException {
    var wrong = new ArrayList<String>();
    for (var sentence : sentences()) {
      var found = Found.texts(DETECTOR, sentence.text());
      if (!found.equals(List.of(sentence.id() + "=" + sentence.number()))) {
        wrong.add(sentence + " -> " + found);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void each_published_number_is_found_when_nothing_else_is_asked_for() throws IOException {
    var wrong = new ArrayList<String>();
    for (var sentence : sentences()) {
      var found = Found.in(DETECTOR, sentence.text(), Set.of(sentence.id()));
      if (found.isEmpty()) {
        wrong.add(sentence.toString());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_wrong_check_digit_is_no_find_with_a_checksum() throws IOException {
    var wrong = new ArrayList<String>();
    for (var sentence : sentences()) {
      var before = Found.in(DETECTOR, sentence.text(), Set.of(sentence.id()));
      int at = sentence.text().indexOf(sentence.number()) + sentence.number().length() - 1;
      char last = sentence.text().charAt(at);
      boolean checked =
          before.size() == 1 && before.getFirst().score() == 1.0 && Character.isDigit(last);
      if (!checked || sentence.id().equals("pii.url_credentials")) {
        continue;
      }
      for (char other = '0'; other <= '9'; other++) {
        String changed =
            sentence.text().substring(0, at) + other + sentence.text().substring(at + 1);
        boolean found = Found.in(DETECTOR, changed, Set.of(sentence.id())).stream()
            .anyMatch(find -> find.score() == 1.0);
        if (other != last && found && !twoChecks(sentence.id())) {
          wrong.add(changed);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Belgium's numbers have a check for each century; the last digit of others is not the check digit. */
  private static boolean twoChecks(String id) {
    return switch (id) {
      case "pii.au_medicare",
          "pii.kr_rrn",
          "pii.passport",
          "pii.se_personnummer",
          "pii.ru_snils",
          "pii.at_svnr" -> true;
      default -> false;
    };
  }

  @Test
  void every_id_of_the_table_has_a_published_number() throws IOException {
    var missing = new TreeSet<>(DETECTOR.guardrails());
    sentences().forEach(sentence -> missing.remove(sentence.id()));
    missing.removeAll(Set.of("pii.sk_rodne_cislo", "pii.in_voter"));
    assertThat(missing).isEmpty();
  }

  @Test
  void every_row_names_its_source_and_the_day_it_was_read_or_that_it_was_not() {
    assertThat(Identifiers.ALL)
        .allSatisfy(
            row -> assertThat(row.source())
                .matches(
                    ".+; (read 2026-\\d\\d-\\d\\d|from general knowledge, not read)|the guardrail's own rule"));
  }

  private static List<Sentence> sentences() throws IOException {
    try (var in = PublishedNumbersTest.class.getResourceAsStream("/pii-sentences.txt")) {
      if (in == null) {
        return fail("no pii-sentences.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split(" \\| ", 3))
          .map(parts -> new Sentence(parts[0].strip(), parts[1].strip(), parts[2].strip()))
          .toList();
    }
  }
}
