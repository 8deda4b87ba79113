package dev.weir.guardrail.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every way of writing that the table knows is found in a sentence that announces it. */
class LayoutsTest {
  private static final PiiDetector DETECTOR = new PiiDetector();

  @Test
  void every_layout_of_every_row_is_found_with_its_context() throws IOException {
    var numbers = numbers();
    var wrong = new ArrayList<String>();
    int tried = 0;
    for (var row : Identifiers.ALL) {
      for (var layout : row.layouts()) {
        for (var number : numbers.getOrDefault(row.id(), Set.of())) {
          boolean fits = layout.kinds().length() == number.length()
              && number.chars().anyMatch(Character::isDigit)
              && layout.holds(number)
              && row.check().test(number);
          if (fits && !row.context().isEmpty()) {
            tried++;
            var text = "Here: " + row.context().getFirst() + " " + written(layout, number)
                + " for your files";
            if (Found.in(DETECTOR, text, Set.of(row.id())).isEmpty()) {
              wrong.add(row.id() + ": " + text);
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(tried).isGreaterThan(200);
  }

  private static String written(Layout layout, String number) {
    var text = new StringBuilder();
    long groups = layout.groups();
    int count = layout.separators().size() + 1;
    int at = 0;
    for (int i = 0; i < count; i++) {
      int length = (int) ((groups >> (6 * (count - 1 - i))) & 63);
      text.append(number, at, at + length);
      at += length;
      if (i < count - 1) {
        text.append(layout.separators().get(i).replace('~', ' '));
      }
    }
    return text.toString();
  }

  /** The bare characters of the published numbers, by id. */
  private static Map<String, Set<String>> numbers() throws IOException {
    var numbers = new TreeMap<String, Set<String>>();
    try (var in = LayoutsTest.class.getResourceAsStream("/pii-sentences.txt")) {
      new String(in == null ? new byte[0] : in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" \\| ", 3))
          .forEach(parts -> numbers
              .computeIfAbsent(parts[0].strip(), _ -> new java.util.TreeSet<>())
              .add(parts[1].toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "")));
    }
    return numbers;
  }
}
