package dev.weir.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The benchmarks measure what they say: run once each, and generated for JMH. */
class MicroTest {
  @Test
  void a_request_is_read_and_spliced_at_every_size() {
    for (int size : new int[] {500, 8192, 131_072}) {
      var benchmark = new ChatRequestBenchmark();
      benchmark.prompt = size;
      benchmark.text = "chinese";
      benchmark.prepare();
      assertThat(benchmark.read().model()).isEqualTo("openai/gpt");
      assertThat(new String(benchmark.readAndSplice(), StandardCharsets.UTF_8))
          .startsWith("{\"model\":\"gpt\"")
          .hasSizeGreaterThan(size / 3);
    }
  }

  @Test
  void guardrails_find_nothing_in_what_is_measured() {
    for (int characters : new int[] {200, 2000}) {
      var benchmark = new GuardBenchmark();
      benchmark.characters = characters;
      benchmark.write();
      assertThat(benchmark.input().document().document()).hasSizeGreaterThan(characters);
    }
  }

  @Test
  void every_key_is_known() {
    var benchmark = new KeyBenchmark();
    benchmark.prepare();
    for (int i = 0; i < 20; i++) {
      assertThat(benchmark.warm().tenantId()).isEqualTo("tenant");
    }
  }

  @Test
  void jmh_knows_all_of_them() {
    try (var list = MicroTest.class.getResourceAsStream("/META-INF/BenchmarkList")) {
      assertThat(list).isNotNull();
      var text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text)
          .contains("ChatRequestBenchmark", "StreamBenchmark", "KeyBenchmark", "GuardBenchmark");
    } catch (java.io.IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
