package dev.weir.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.fake.EventStreamBytes;
import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Operation;
import dev.weir.protocol.anthropic.MessagesRequest;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.protocol.openai.CompletionsRequest;
import dev.weir.protocol.openai.ResponsesRequest;
import dev.weir.provider.anthropic.AnthropicTranslator;
import dev.weir.provider.bedrock.BedrockVendor;
import dev.weir.provider.cohere.CohereVendor;
import dev.weir.provider.gemini.GeminiVendor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each client protocol against each provider protocol: what goes upstream, and what the client gets, whole and streamed, the
 * stream cut at every byte. {@code -Dgolden.update=true} rewrites what is ours to say.
 */
class TranslationTest {
  private static final Path ROOT = Path.of("src/test/resources/golden/translate");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final ProviderSettings REGION = new ProviderSettings(
      Optional.of("eu-central-1"), Optional.empty(), Optional.empty(), Map.of());
  private static final Instant AT = Instant.ofEpochSecond(1_764_000_000);

  /** A protocol that clients speak. */
  private enum Client {
    CHAT(
        "{\"model\":\"asked\",\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]}",
        ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"),
    MESSAGES(
        "{\"model\":\"asked\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]}",
        ",\"stream\":true}"),
    RESPONSES("{\"model\":\"asked\",\"input\":\"?\"}", ",\"stream\":true}"),
    COMPLETIONS(
        "{\"model\":\"asked\",\"prompt\":\"?\"}",
        ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

    final String whole;
    final String streamed;

    Client(String whole, String streamMembers) {
      this.whole = whole;
      this.streamed = whole.substring(0, whole.length() - 1) + streamMembers;
    }

    ConversationRequest read(byte[] body) {
      return switch (this) {
        case CHAT -> ChatRequest.read(body);
        case MESSAGES -> MessagesRequest.read(body);
        case RESPONSES -> ResponsesRequest.read(body);
        case COMPLETIONS -> CompletionsRequest.read(body);
      };
    }

    Operation operation() {
      return read(whole.getBytes(UTF_8)).operation();
    }

    String folder() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A protocol that providers speak. */
  private enum Vendor {
    OPENAI,
    ANTHROPIC,
    GEMINI,
    BEDROCK,
    COHERE;

    /** Whether the fixtures are in what this client speaks. */
    private boolean speaks(Operation operation) {
      return switch (this) {
        case OPENAI -> operation == Operation.CHAT_COMPLETIONS;
        case ANTHROPIC -> operation == Operation.MESSAGES;
        case GEMINI, BEDROCK, COHERE -> false;
      };
    }

    ProviderCall call(ConversationRequest request, String model) {
      return speaks(request.operation())
          ? translator().pass(request, model)
          : translator().translate(request, model, AT);
    }

    Translator translator() {
      return switch (this) {
        case OPENAI -> OpenAiTranslator.INSTANCE;
        case ANTHROPIC -> AnthropicTranslator.INSTANCE;
        case GEMINI -> new GeminiVendor().translator(ProviderSettings.NONE);
        case BEDROCK -> new BedrockVendor().translator(REGION);
        case COHERE -> new CohereVendor().translator(ProviderSettings.NONE);
      };
    }

    Framing framing() {
      return call(Client.CHAT.read(Client.CHAT.streamed.getBytes(UTF_8)), "m").framing();
    }

    /** The bytes of a stream as they come over the wire. */
    byte[] stream(Path folder) throws IOException {
      var text = Files.readAllBytes(folder.resolve("upstream.sse"));
      return this == BEDROCK ? EventStreamBytes.of(new String(text, UTF_8)) : text;
    }

    /** An older and a newer one, where requests to them differ. */
    List<String> models() {
      return switch (this) {
        case OPENAI, ANTHROPIC -> List.of("claude-sonnet-4-5", "claude-opus-4-7");
        case GEMINI -> List.of("gemini-2.5-pro", "gemini-3-pro");
        case BEDROCK -> List.of("anthropic.claude-sonnet-4-5-v1:0", "amazon.nova-pro-v1:0");
        case COHERE -> List.of("command-a-03-2025");
      };
    }

    String folder() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** One answer in one direction. */
  record Answer(Vendor vendor, Client client, Path folder) {
    AnswerReader reader(String request) {
      return vendor.call(client.read(request.getBytes(UTF_8)), "m").reader();
    }

    @Override
    public String toString() {
      return vendor + " to " + client + ", " + folder.getFileName();
    }
  }

  /** One request in one direction. */
  record Request(Vendor vendor, Client client, Path folder) {
    @Override
    public String toString() {
      return client + " to " + vendor + ", " + folder.getFileName();
    }
  }

  static List<Answer> answers() throws IOException {
    var all = new ArrayList<Answer>();
    for (var vendor : Vendor.values()) {
      for (var folder : folders(ROOT.resolve("answers").resolve(vendor.folder()))) {
        for (var client : Client.values()) {
          all.add(new Answer(vendor, client, folder));
        }
      }
    }
    return all;
  }

  /** One stream of a provider's. */
  record Stream(Vendor vendor, Path folder) {
    byte[] bytes() throws IOException {
      return vendor.stream(folder);
    }

    @Override
    public String toString() {
      return vendor + ", " + folder.getFileName();
    }
  }

  static List<Stream> streams() throws IOException {
    var all = new ArrayList<Stream>();
    for (var vendor : Vendor.values()) {
      for (var folder : folders(ROOT.resolve("answers").resolve(vendor.folder()))) {
        all.add(new Stream(vendor, folder));
      }
    }
    return all;
  }

  static List<Request> requests() throws IOException {
    var all = new ArrayList<Request>();
    for (var client : Client.values()) {
      for (var folder : folders(ROOT.resolve("requests").resolve(client.folder()))) {
        for (var vendor : Vendor.values()) {
          all.add(new Request(vendor, client, folder));
        }
      }
    }
    return all;
  }

  private static List<Path> folders(Path parent) throws IOException {
    try (var list = Files.list(parent)) {
      return list.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_request_reaches_each_provider_in_its_own_words(Request request) throws IOException {
    var body = Files.readAllBytes(request.folder().resolve("client.json"));
    var read = request.client().read(body);
    for (var model : request.vendor().models()) {
      check(
          request
              .folder()
              .resolve(request.vendor().folder() + "." + model.replace(':', '_') + ".json"),
          sent(request.vendor(), read, model));
    }
  }

  /** What goes upstream, or why nothing does. */
  private static byte[] sent(Vendor vendor, ConversationRequest request, String model) {
    try {
      var body = vendor.call(request, model).body();
      var _ = JsonObject.read(body);
      return body;
    } catch (GatewayException unsayable) {
      return ("refused: " + unsayable.param() + ": " + unsayable.text()).getBytes(UTF_8);
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void a_whole_answer_reaches_each_client_in_its_own_words(Answer answer) throws IOException {
    var reader = answer.reader(answer.client().whole);
    var client = reader.whole(Files.readAllBytes(answer.folder().resolve("upstream.json")));
    check(answer.folder().resolve(answer.client().folder() + ".json"), client);
    check(answer.folder().resolve("usage.txt"), reader.usage().toString().getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void a_stream_reaches_each_client_in_its_own_words(Answer answer) throws IOException {
    var stream = answer.vendor().stream(answer.folder());
    check(answer.folder().resolve(answer.client().folder() + ".sse"), replayed(answer, stream));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void a_stream_cut_anywhere_is_the_same_frames(Stream stream) throws IOException {
    var bytes = stream.bytes();
    var expected = frames(stream.vendor(), bytes, 0);
    for (int cut = 1; cut < bytes.length; cut++) {
      assertThat(frames(stream.vendor(), bytes, cut))
          .as("cut at %d", cut)
          .containsExactlyElementsOf(expected);
    }
  }

  /** Server-sent events may be written in ways that hardly anybody uses, and mean the same. */
  @ParameterizedTest
  @MethodSource("answers")
  void a_stream_in_an_unusual_form_reaches_each_client_the_same(Answer answer) throws IOException {
    if (answer.vendor() != Vendor.BEDROCK
        && !answer.vendor().speaks(answer.client().operation())) {
      var stream = Files.readString(answer.folder().resolve("upstream.sse"));
      var unusual = "\uFEFF: begin\n\n"
          + stream
              .replace("data: {", "id: 7\ndata:{\ndata:  ")
              .replace("\n\n", "\nretry: 10\n\n: keep-alive\n\n")
              .replace("\n", "\r\n");
      check(
          answer.folder().resolve(answer.client().folder() + ".sse"),
          replayed(answer, unusual.getBytes(UTF_8)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI|{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"sk-x\"}}|UPSTREAM_RATE_LIMITED",
        "OPENAI|{\"error\":{\"code\":500,\"message\":\"sk-x\"}}|UPSTREAM_UNAVAILABLE",
        "ANTHROPIC|{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}|UPSTREAM_UNAVAILABLE",
        "ANTHROPIC|{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"}}|UPSTREAM_RATE_LIMITED",
        "GEMINI|{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"}}|UPSTREAM_RATE_LIMITED",
        "GEMINI|no json|UPSTREAM_INVALID_RESPONSE",
        "OPENAI|no json|UPSTREAM_INVALID_RESPONSE",
        "ANTHROPIC|no json|UPSTREAM_INVALID_RESPONSE"
      })
  void an_error_in_a_stream_is_a_failure_whoever_listens(
      Vendor vendor, String data, ErrorCode code) {
    for (var client : Client.values()) {
      var reader =
          vendor.call(client.read(client.streamed.getBytes(UTF_8)), "m").reader();
      assertThatThrownBy(() -> reader.event(("data: " + data + "\n\n").getBytes(UTF_8)))
          .as(client.name())
          .isInstanceOfSatisfying(GatewayException.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.text()).doesNotContain("sk-x");
          });
    }
  }

  private static List<String> frames(Vendor vendor, byte[] stream, int cut) {
    var splitter = vendor.framing().splitter().get();
    var frames = new ArrayList<String>();
    for (var piece :
        List.of(Arrays.copyOf(stream, cut), Arrays.copyOfRange(stream, cut, stream.length))) {
      splitter.feed(piece, frame -> frames.add(new String(frame, ISO_8859_1)));
    }
    assertThat(splitter.remainder()).isFalse();
    return frames;
  }

  private static byte[] replayed(Answer answer, byte[] stream) {
    var reader = answer.reader(answer.client().streamed);
    var client = new ByteArrayOutputStream();
    for (var frame : frames(answer.vendor(), stream, 0)) {
      reader.event(frame.getBytes(ISO_8859_1)).ifPresent(client::writeBytes);
    }
    reader.end().ifPresent(client::writeBytes);
    assertThat(reader.complete()).isTrue();
    return client.toByteArray();
  }

  private static void check(Path file, byte[] actual) throws IOException {
    if (UPDATE) {
      Files.write(file, actual);
    }
    assertThat(new String(actual, UTF_8)).as(file.toString()).isEqualTo(Files.readString(file));
  }
}
