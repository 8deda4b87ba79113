package dev.weir.bench.micro;

import dev.weir.Providers;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.provider.ProviderCall;
import dev.weir.provider.ProviderSettings;
import dev.weir.provider.Translator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A chat request of twenty turns and two tools (some 5 KB) put to a provider of each protocol, and one event of its stream read
 * and written for the client. {@code openai} is the pass-through to hold the others against.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TranslationBenchmark {
  private static final Instant AT = Instant.ofEpochSecond(1_764_000_000);
  private static final Map<String, String> DELTAS = Map.of(
      "openai", "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" river\"}}]}",
      "anthropic",
          "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" river\"}}",
      "gemini",
          "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\" river\"}],\"role\":\"model\"},\"index\":0}],"
              + "\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":2},\"responseId\":\"r\"}",
      "cohere",
          "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\" river\"}}}}");

  /** The provider's type. */
  @Param({"openai", "anthropic", "gemini", "cohere"})
  public String type = "openai";

  private Translator translator = Providers.ALL.of("openai").translator(ProviderSettings.NONE);
  private byte[] body = {};
  private byte[] event = {};

  @Setup
  public void prepare() {
    var settings = new ProviderSettings(
        Optional.of("eu-west-1"), Optional.of("p"), Optional.empty(), Map.of());
    translator = Providers.ALL.of(type).translator(settings);
    var turns = "{\"role\":\"user\",\"content\":\"" + "How high is the river today? ".repeat(6)
        + "\"},{\"role\":\"assistant\",\"content\":\"" + "It rises slowly. ".repeat(12) + "\"},";
    var tool =
        "{\"type\":\"function\",\"function\":{\"name\":\"level\",\"parameters\":{\"type\":\"object\"}}}";
    body = ("{\"model\":\"m\",\"stream\":true,\"messages\":[" + turns.repeat(10)
            + "{\"role\":\"user\",\"content\":\"And now?\"}],\"tools\":[" + tool + "," + tool
            + "]}")
        .getBytes(StandardCharsets.US_ASCII);
    event = ("data: " + DELTAS.get(type) + "\n\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Benchmark
  public ProviderCall request() {
    return translator.call(ChatRequest.read(body), "m", AT);
  }

  @Benchmark
  public void twoHundredEvents(Blackhole sink) {
    var reader = translator.call(ChatRequest.read(body), "m", AT).reader();
    for (var i = 0; i < 200; i++) {
      sink.consume(reader.event(event));
    }
  }
}
