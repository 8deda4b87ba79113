package dev.weir.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.Operation;
import dev.weir.protocol.anthropic.MessagesRequest;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.protocol.openai.CompletionsRequest;
import dev.weir.protocol.openai.ResponsesRequest;
import dev.weir.protocol.sse.EventSplitter;
import dev.weir.provider.anthropic.AnthropicTranslator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each client protocol against each provider protocol: what goes upstream, and what the client gets, whole and streamed, the
 * stream cut at every byte. {@code -Dgolden.update=true} rewrites what is ours to say.
 */
class TranslationTest {
  private static final Path ROOT = Path.of("src/test/resources/golden/translate");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
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

    String folder() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A protocol that providers speak. */
  private enum Vendor {
    OPENAI(Operation.CHAT_COMPLETIONS),
    ANTHROPIC(Operation.MESSAGES);

    /** What the fixtures are in. */
    final Operation speaks;

    Vendor(Operation speaks) {
      this.speaks = speaks;
    }

    ProviderCall call(ConversationRequest request, String model) {
      return request.operation() == speaks
          ? translator().pass(request, model)
          : translator().translate(request, model, AT);
    }

    Translator translator() {
      return switch (this) {
        case OPENAI -> OpenAiTranslator.INSTANCE;
        case ANTHROPIC -> AnthropicTranslator.INSTANCE;
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
    for (var model : List.of("claude-sonnet-4-5", "claude-opus-4-7")) {
      var call = request.vendor().call(read, model);
      var _ = JsonObject.read(call.body());
      check(
          request.folder().resolve(request.vendor().folder() + "." + model + ".json"), call.body());
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
    var reader = answer.reader(answer.client().streamed);
    var client = new ByteArrayOutputStream();
    var stream = Files.readAllBytes(answer.folder().resolve("upstream.sse"));
    for (var frame : frames(stream, 0)) {
      reader.event(frame.getBytes(UTF_8)).ifPresent(client::writeBytes);
    }
    assertThat(reader.complete()).isTrue();
    check(answer.folder().resolve(answer.client().folder() + ".sse"), client.toByteArray());
  }

  static List<Path> streams() throws IOException {
    return answers().stream().map(Answer::folder).distinct().toList();
  }

  /** What is read of a stream are its events: where they are the same, so is what the client gets. */
  @ParameterizedTest
  @MethodSource("streams")
  void a_stream_cut_anywhere_is_the_same_events(Path folder) throws IOException {
    var stream = Files.readAllBytes(folder.resolve("upstream.sse"));
    var expected = frames(stream, 0);
    for (int cut = 1; cut < stream.length; cut++) {
      assertThat(frames(stream, cut)).as("cut at %d", cut).isEqualTo(expected);
    }
  }

  private static List<String> frames(byte[] stream, int cut) {
    var splitter = new EventSplitter();
    var frames = new ArrayList<String>();
    for (var piece :
        List.of(Arrays.copyOf(stream, cut), Arrays.copyOfRange(stream, cut, stream.length))) {
      splitter.feed(piece, frame -> frames.add(new String(frame, UTF_8)));
    }
    return frames;
  }

  private static void check(Path file, byte[] actual) throws IOException {
    if (UPDATE) {
      Files.write(file, actual);
    }
    assertThat(new String(actual, UTF_8)).as(file.toString()).isEqualTo(Files.readString(file));
  }
}
