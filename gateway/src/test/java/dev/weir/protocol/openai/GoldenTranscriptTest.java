package dev.weir.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.sse.EventSplitter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded conversations: what the client sent, what goes upstream, what comes back, what the client gets, and the usage
 * read on the way. Streams are replayed cut at every byte. {@code -Dgolden.update=true} rewrites what is ours to say.
 */
class GoldenTranscriptTest {
  private static final Path CASES = Path.of("src/test/resources/golden/openai");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  static List<Path> cases() throws IOException {
    try (var folders = Files.list(CASES)) {
      return folders.sorted().toList();
    }
  }

  @Test
  void every_case_says_what_it_is_about() throws IOException {
    assertThat(cases())
        .hasSizeGreaterThanOrEqualTo(12)
        .allSatisfy(folder ->
            assertThat(Files.readString(folder.resolve("case.md"))).hasSizeGreaterThan(20));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_upstream_gets_the_clients_bytes(Path folder) throws IOException {
    var request = ChatRequest.read(Files.readAllBytes(folder.resolve("client-request.json")));
    var file = folder.resolve("upstream-request.json");
    var model = JsonObject.read(Files.readAllBytes(file)).find("model");
    check(file, request.bodyFor(Objects.requireNonNull(model).asString()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_client_gets_the_upstreams_bytes(Path folder) throws IOException {
    var request = ChatRequest.read(Files.readAllBytes(folder.resolve("client-request.json")));
    if (request.stream()) {
      replay(folder, request);
    } else {
      var answer = Files.readAllBytes(folder.resolve("upstream-response.json"));
      var reader = request.reader();
      reader.whole(answer);
      check(folder.resolve("client-response.json"), answer);
      check(folder.resolve("usage.json"), json(reader.usage()));
    }
  }

  private static void replay(Path folder, ChatRequest request) throws IOException {
    var stream = Files.readAllBytes(folder.resolve("upstream-response.sse"));
    for (int cut = 0; cut <= stream.length; cut++) {
      var reader = request.reader();
      var client = relay(stream, cut, reader);
      if (cut == 0) {
        check(folder.resolve("client-response.sse"), client);
        check(folder.resolve("usage.json"), json(reader.usage()));
      }
      assertThat(client)
          .as("cut at %d", cut)
          .isEqualTo(Files.readAllBytes(folder.resolve("client-response.sse")));
      assertThat(json(reader.usage())).isEqualTo(Files.readAllBytes(folder.resolve("usage.json")));
      assertThat(reader.complete()).isTrue();
      assertThat(ends(stream, cut, request)).isEqualTo(isWhole(stream, cut));
    }
  }

  private static byte[] relay(byte[] stream, int cut, AnswerReader reader) {
    var client = new ByteArrayOutputStream();
    var splitter = new EventSplitter();
    for (var chunk : List.of(
        Arrays.copyOfRange(stream, 0, cut), Arrays.copyOfRange(stream, cut, stream.length))) {
      splitter.feed(chunk, frame -> reader.event(frame).ifPresent(client::writeBytes));
    }
    assertThat(splitter.remainder()).isFalse();
    return client.toByteArray();
  }

  /** Whether a stream that stops at the cut is taken for complete. */
  private static boolean ends(byte[] stream, int cut, ChatRequest request) {
    var reader = request.reader();
    new EventSplitter().feed(Arrays.copyOf(stream, cut), frame -> {
      var _ = reader.event(frame);
    });
    return reader.complete();
  }

  /** Whether the terminator's event lies before the cut, blank line and all. */
  private static boolean isWhole(byte[] stream, int cut) {
    var text = new String(stream, 0, cut, UTF_8);
    int done = text.indexOf("[DONE]");
    return done >= 0
        && List.of("\n\n", "\r\n\r\n", "\r\r").stream()
            .anyMatch(end -> text.startsWith(end, done + 6));
  }

  private static byte[] json(TokenUsage usage) {
    var json = new JsonWriter().object().name("input").value(usage.input());
    json.name("output").value(usage.output()).name("cached_input").value(usage.cachedInput());
    json.name("reasoning").value(usage.reasoning()).endObject();
    return (new String(json.bytes(), UTF_8) + "\n").getBytes(UTF_8);
  }

  private static void check(Path file, byte[] actual) throws IOException {
    if (UPDATE) {
      Files.write(file, actual);
    }
    assertThat(new String(actual, UTF_8)).isEqualTo(Files.readString(file));
  }
}
