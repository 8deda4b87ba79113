package dev.weir.guardrail.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.guardrail.match.Keywords.Bounds;
import dev.weir.guardrail.match.Keywords.Letters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeywordsTest {
  @Test
  void words_inside_other_words_count_only_anywhere() {
    var words = List.of("cat", "concat");
    assertThat(hits(words, Letters.FOLDED, Bounds.WORD, "A Cat may concat a category"))
        .containsExactly("Cat", "concat");
    assertThat(hits(words, Letters.FOLDED, Bounds.ANYWHERE, "concat category"))
        .containsExactly("concat", "cat", "cat");
  }

  @Test
  void case_counts_only_when_asked() {
    assertThat(hits(List.of("Weir"), Letters.EXACT, Bounds.WORD, "weir Weir WEIR"))
        .containsExactly("Weir");
    assertThat(hits(List.of("STRASSE", "άλφα"), Letters.FOLDED, Bounds.WORD, "strasse ΆΛΦΑ"))
        .containsExactly("strasse", "ΆΛΦΑ");
  }

  @Test
  void scripts_without_spaces_have_no_word_bounds() {
    assertThat(hits(List.of("身份证"), Letters.FOLDED, Bounds.WORD, "我的身份证号码")).containsExactly("身份证");
    assertThat(hits(List.of("주민등록번호"), Letters.FOLDED, Bounds.WORD, "제 주민등록번호는"))
        .containsExactly("주민등록번호");
  }

  @Test
  void the_same_word_twice_is_reported_for_both() {
    var seen = new ArrayList<Integer>();
    Keywords.of(List.of("a", "b", "a"), Letters.EXACT, Bounds.ANYWHERE)
        .scan("a", 0, 1, (word, _, _) -> seen.add(word));
    assertThat(seen).containsExactlyInAnyOrder(0, 2);
  }

  @Test
  void an_empty_list_finds_nothing_and_an_empty_word_is_refused() {
    assertThat(hits(List.of(), Letters.FOLDED, Bounds.WORD, "anything")).isEmpty();
    assertThatThrownBy(() -> Keywords.of(List.of(""), Letters.FOLDED, Bounds.WORD))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void random_words_in_random_texts_are_found_as_a_plain_search_finds_them() {
    var random = new Random(20261124);
    for (int round = 0; round < 500; round++) {
      var words = IntStream.range(0, 1 + random.nextInt(8))
          .mapToObj(_ -> letters(random, 1 + random.nextInt(4)))
          .distinct()
          .toList();
      var text = letters(random, 60);
      var expected = new ArrayList<String>();
      for (int end = 1; end <= text.length(); end++) {
        for (var word : words) {
          if (text.substring(0, end).endsWith(word)) {
            expected.add(word + "@" + end);
          }
        }
      }
      var found = new ArrayList<String>();
      Keywords.of(words, Letters.FOLDED, Bounds.ANYWHERE)
          .scan(text, 0, text.length(), (word, _, end) -> found.add(words.get(word) + "@" + end));
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static String letters(Random random, int length) {
    return IntStream.range(0, length)
        .mapToObj(_ -> String.valueOf("abcé".charAt(random.nextInt(4))))
        .collect(Collectors.joining());
  }

  private static List<String> hits(
      List<String> words, Letters letters, Bounds bounds, String text) {
    var hits = new ArrayList<String>();
    Keywords.of(words, letters, bounds)
        .scan(text, 0, text.length(), (_, start, end) -> hits.add(text.substring(start, end)));
    return hits;
  }
}
