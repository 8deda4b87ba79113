package dev.weir.guardrail.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.guardrail.CustomGuardrail;
import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.pii.Found;
import dev.weir.protocol.Deadline;
import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonValue;
import dev.weir.provider.Reach;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomGuardrailsTest {
  private static final String PATH = "rules[2].config";

  @Test
  void keywords_are_found_as_words_without_case_unless_asked_otherwise() {
    var words = compile(new KeywordsGuardrail(), "{'words':['Project Falcon','Straße']}");
    assertThat(texts(words, "About PROJECT FALCON in der strasse; projectfalconry; STRAßE"))
        .containsExactly("PROJECT FALCON", "STRAßE");
    var parts =
        compile(new KeywordsGuardrail(), "{'words':['cat'],'match':'substring','case':'exact'}");
    assertThat(texts(parts, "concatenate Cat")).containsExactly("cat");
  }

  @Test
  void keywords_across_the_pieces_of_a_long_text_are_found_once() {
    var words = compile(new KeywordsGuardrail(), "{'words':['falcon']}");
    for (int shift = -8; shift <= 2; shift++) {
      var text = "x ".repeat(((1 << 16) + shift) / 2) + "falcon " + "y ".repeat(100);
      assertThat(texts(words, text)).containsExactly("falcon");
    }
  }

  @Test
  void patterns_are_found_where_they_match() {
    var patterns =
        compile(new PatternGuardrail(), "{'patterns':['EMP-[0-9]{6}','(?i)internal only']}");
    assertThat(texts(patterns, "EMP-123456 is Internal Only, EMP-12"))
        .containsExactly("EMP-123456", "Internal Only");
    assertThat(patterns.stableUntil(NormalizedText.of("a".repeat(1000)), patterns.guardrails()))
        .isEqualTo(488);
  }

  @Test
  void row_C41_a_catastrophic_pattern_on_a_megabyte_ends_within_its_budget() {
    for (var pattern : List.of(
        "(x+x+)+y",
        "(a|aa)+$",
        "(.*)(.*)(.*)(.*)(.*)z",
        "(a?){60}a{60}",
        "([a-z]+)*[0-9]{3}",
        "(?s)x.*x.*x.*q")) {
      var patterns = compile(new PatternGuardrail(), "{'patterns':['" + pattern + "']}");
      var text = NormalizedText.of("xa".repeat(1 << 19));
      long start = System.nanoTime();
      try {
        patterns.scan(text, patterns.guardrails(), Deadline.in(Duration.ofMillis(50)), _ -> {});
      } catch (Detector.DeadlinePassed ended) {
        assertThat(ended).isNotNull();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as(pattern)
          .isLessThan(Duration.ofSeconds(3));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "keywords ; {} ; .words",
        "keywords ; {'words':[]} ; .words",
        "keywords ; {'words':['a',7]} ; .words[1]",
        "keywords ; {'words':['a'],'match':'fuzzy'} ; .match",
        "keywords ; {'words':['a'],'more':1} ; .more",
        "keywords ; [] ; .",
        "pattern ; {'patterns':['(']} ; .patterns[0]",
        "pattern ; {'patterns':['ok','(?=x)y']} ; .patterns[1]",
        "pattern ; {'patterns':['a*']} ; .patterns[0]",
        "pattern ; {'patterns':['((a{1000}){100})']} ; .patterns[0]",
        "pattern ; {'patterns':['(abcdefgh){900}']} ; .patterns[0]",
        "language ; {'allowed':['xx']} ; .allowed[0]",
        "language ; {'allowed':'en'} ; .allowed",
        "length ; {} ; .",
        "length ; {'max_characters':0} ; .max_characters",
        "length ; {'max_tokens':1.5} ; .max_tokens",
        "json_schema ; {'schema':7} ; .schema",
        "json_schema ; {'schema':{'type':'strin'}} ; .schema.type",
        "json_schema ; {'schema':{'$ref':'https://example.com/x'}} ; .schema.$ref",
        "json_schema ; {'schema':{'$ref':'#'}} ; .schema",
        "json_schema ; {'schema':{'items':{'pattern':'(?=x)'}}} ; .schema.pattern",
        "webhook ; {'url':'http://example.com'} ; .url",
        "webhook ; {'url':'https://u:p@example.com'} ; .url",
        "webhook ; {'url':'file:///etc/passwd'} ; .url",
        "webhook ; {'url':'https://localhost/x'} ; .url",
        "webhook ; {'url':'https://169.254.169.254/'} ; .url",
        "webhook ; {'url':'https://0x7f.1/'} ; .url",
        "webhook ; {'url':'https://[::ffff:127.0.0.1]/'} ; .url",
        "webhook ; {'url':'https://example.com','timeout_ms':1} ; .timeout_ms",
        "webhook ; {'url':'https://example.com','headers':{'Host':'x'}} ; .headers.Host",
        "webhook ; {'url':'https://example.com','headers':{'X-A':'a\\r\\nb'}} ; .headers.X-A"
      })
  void what_a_config_does_wrong_is_named_by_its_path(String id, String config, String field) {
    var guardrail = CustomGuardrails.all(Optional.of(new WebhookGuardrail(
            Reach.PUBLIC, (_, _, _, _) -> new WebhookTransport.Answer(200, new byte[0]))))
        .stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
    assertThatExceptionOfType(InvalidDocument.class)
        .isThrownBy(() -> compile(guardrail, config))
        .satisfies(mistake -> {
          assertThat(mistake.path()).startsWith(PATH + (field.equals(".") ? "" : field));
          assertThat(mistake.getMessage()).endsWith(".");
        });
  }

  @Test
  void a_text_is_too_long_by_characters_or_by_tokens() {
    var characters = compile(new LengthGuardrail(), "{'max_characters':5}");
    assertThat(score(characters, "12345")).isEqualTo(0);
    assertThat(score(characters, "😀😀😀😀😀")).isEqualTo(0);
    assertThat(score(characters, "123456")).isEqualTo(1);
    var tokens = compile(new LengthGuardrail(), "{'max_tokens':10}");
    assertThat(score(tokens, "a few words of text")).isEqualTo(0);
    assertThat(score(tokens, "word ".repeat(50))).isEqualTo(1);
    assertThat(characters.reading()).isEqualTo(Detector.Reading.WHOLE);
  }

  @Test
  void an_answer_that_does_not_fit_its_schema_is_found() {
    var schema = compile(
        new JsonSchemaGuardrail(),
        "{'schema':{'type':'object','required':['n'],'properties':{'n':{'$ref':'#/$defs/n'}},'$defs':{'n':{'type':'integer'}}}}");
    assertThat(score(schema, "{\"n\": 12}")).isEqualTo(0);
    assertThat(score(schema, "{\"n\": \"12\"}")).isEqualTo(1);
    assertThat(score(schema, "{\"n\": 12} and more")).isEqualTo(1);
    assertThat(score(schema, "Sure! Here it is")).isEqualTo(1);
    var pattern =
        compile(new JsonSchemaGuardrail(), "{'schema':{'type':'string','pattern':'^(a+)+$'}}");
    assertThat(score(pattern, '"' + "a".repeat(40_000) + "b\""))
        .as("linear, row C41")
        .isEqualTo(1);
  }

  @Test
  void a_language_that_is_not_allowed_is_found_and_a_short_text_passes() {
    var language = compile(new LanguageGuardrail(), "{'allowed':['en','de']}");
    assertThat(
            score(language, "Please write a short story about the sea and what it means for us."))
        .isZero();
    assertThat(score(
            language,
            "Bitte schreibe mir eine kurze Geschichte über das Meer und was es für uns ist."))
        .isZero();
    assertThat(score(
            language,
            "Écris-moi une petite histoire sur la mer et ce que cela veut dire pour nous."))
        .isGreaterThan(0.5);
    assertThat(score(language, "海についての短い物語を書いてください。")).isEqualTo(1);
    assertThat(score(language, "ok")).isZero();
    assertThat(score(language, "int x = foo(bar); return x << 2;")).isZero();
  }

  @Test
  void every_custom_detector_reads_nothing_and_a_megabyte() {
    for (var detector : List.of(
        compile(new KeywordsGuardrail(), "{'words':['a b']}"),
        compile(new PatternGuardrail(), "{'patterns':['ab+c']}"),
        compile(new LanguageGuardrail(), "{'allowed':['en']}"),
        compile(new LengthGuardrail(), "{'max_tokens':1}"),
        compile(new JsonSchemaGuardrail(), "{'schema':{}}"))) {
      Found.in(detector, "", detector.guardrails());
      Found.in(detector, "aé身 ".repeat(1 << 18), detector.guardrails());
    }
    var keywords = compile(new KeywordsGuardrail(), "{'words':['a b']}");
    assertThatThrownBy(() -> keywords.scan(
            NormalizedText.of("a b"),
            keywords.guardrails(),
            Deadline.in(Duration.ofSeconds(-1)),
            _ -> {}))
        .isInstanceOf(Detector.DeadlinePassed.class);
  }

  static Detector compile(CustomGuardrail guardrail, String config) {
    var bytes = config.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return guardrail.compile(new JsonValue(bytes, 0, bytes.length), PATH);
  }

  private static List<String> texts(Detector detector, String text) {
    return Found.in(detector, text, detector.guardrails()).stream()
        .map(find -> text.substring(find.start(), find.end()))
        .toList();
  }

  private static double score(Detector detector, String text) {
    return Found.in(detector, text, detector.guardrails()).stream()
        .mapToDouble(Finding::score)
        .max()
        .orElse(-1);
  }
}
