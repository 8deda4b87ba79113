package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import dev.weir.fake.FakeAgentModel;
import dev.weir.fake.FakeUpstream;
import dev.weir.provider.OpenAiTranslator;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;
import dev.weir.provider.Translator;
import dev.weir.provider.anthropic.AnthropicTranslator;
import dev.weir.provider.local.LocalEmbeddings;
import dev.weir.provider.sandbox.SandboxProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The vendors' own clients, as applications use them. */
class OfficialClientsTest {
  private static final ScheduledExecutorService PACE = Executors.newSingleThreadScheduledExecutor();

  /** How often the model of the fake providers calls its tool. */
  private static final int TURNS = 10;

  private static FakeUpstream upstream;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    upstream = new FakeUpstream();
    upstream.answers(new FakeAgentModel(TURNS));
    gateway = new RunningGateway(
        List.of(
            new SandboxProvider(PACE, Clock.systemUTC()),
            new LocalEmbeddings(Runnable::run),
            provider("gpt", OpenAiTranslator.INSTANCE),
            provider("claude", AnthropicTranslator.INSTANCE)),
        RunningGateway.PATIENT);
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    upstream.close();
    PACE.shutdownNow();
  }

  private static RemoteProvider provider(String name, Translator translator) {
    return new RemoteProvider(
        name, upstream.url(), List.of(), List.of(), Reach.ANYWHERE, translator);
  }

  @Test
  void the_java_client_of_anthropic_counts_asks_and_streams() {
    var client = AnthropicOkHttpClient.builder()
        .baseUrl(gateway.url())
        .apiKey(gateway.key())
        .build();
    for (var model : List.of("sandbox-echo", "gpt/m", "claude/m")) {
      var request = MessageCreateParams.builder()
          .model(model)
          .maxTokens(100)
          .addUserMessage("Hello there, river")
          .build();
      var whole = client.messages().create(request).validate();
      var gathered = MessageAccumulator.create();
      try (var stream = client.messages().createStreaming(request)) {
        stream.stream().forEach(event -> gathered.accumulate(event.validate()));
      }
      assertThat(gathered.message().content()).as(model).isEqualTo(whole.content());
    }
    assertThat(client
            .messages()
            .countTokens(MessageCountTokensParams.builder()
                .model("sandbox-echo")
                .addUserMessage("Hello there, river")
                .build())
            .inputTokens())
        .isGreaterThan(3);
  }

  @Test
  void the_java_client_chats_streams_embeds_and_understands_errors() {
    var client = client(gateway.key());
    var request = ChatCompletionCreateParams.builder()
        .model("sandbox-echo")
        .addUserMessage("Hello there, river")
        .build();
    assertThat(client
            .chat()
            .completions()
            .create(request)
            .choices()
            .getFirst()
            .message()
            .content())
        .contains("Hello there, river");
    var text = new StringBuilder();
    try (var stream = client.chat().completions().createStreaming(request)) {
      stream.stream()
          .forEach(chunk ->
              chunk.choices().forEach(choice -> choice.delta().content().ifPresent(text::append)));
    }
    assertThat(text.toString()).isEqualTo("Hello there, river");
    var vectors = client
        .embeddings()
        .create(
            EmbeddingCreateParams.builder().model("weir-minilm-l6").input("one").build());
    assertThat(vectors.data().getFirst().embedding()).hasSize(384);
    assertThat(client.models().list().data()).hasSizeGreaterThan(5);
    assertThatThrownBy(() -> client
            .chat()
            .completions()
            .create(request.toBuilder().model("absent").build()))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> client("wrong").models().list())
        .isInstanceOf(UnauthorizedException.class);
  }

  @Test
  void the_java_client_finds_responses_as_its_own_types_say() {
    var client = client(gateway.key());
    var request = ResponseCreateParams.builder()
        .model("sandbox-echo")
        .instructions("Be brief.")
        .input("Hello there, river")
        .build();
    var whole = client.responses().create(request).validate();
    assertThat(whole
            .output()
            .getFirst()
            .asMessage()
            .content()
            .getFirst()
            .asOutputText()
            .text())
        .isEqualTo("Hello there, river");
    var gathered = ResponseAccumulator.create();
    try (var stream = client.responses().createStreaming(request)) {
      stream.stream().forEach(event -> gathered.accumulate(event.validate()));
    }
    assertThat(gathered.response().validate().output())
        .extracting(item -> item.asMessage().content().getFirst().asOutputText().text())
        .containsExactly("Hello there, river");
  }

  private static OpenAIClient client(String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(gateway.url() + "/v1")
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  @Test
  @Tag("slow")
  void the_javascript_clients_do_all_of_their_scripts() throws Exception {
    var folder = Files.createDirectories(Path.of("target/js"));
    for (var name : List.of("package.json", "openai-sdk.mjs", "anthropic-sdk.mjs", "ai-sdk.mjs")) {
      Files.write(
          folder.resolve(name), Files.readAllBytes(Path.of("src/test/js").resolve(name)));
    }
    run(
        folder,
        "npm",
        "install",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--loglevel=error");
    assertThat(run(folder, "node", "openai-sdk.mjs", gateway.url() + "/v1", gateway.key()))
        .contains("all good");
    assertThat(run(folder, "node", "anthropic-sdk.mjs", gateway.url(), gateway.key()))
        .contains("all good");
    assertThat(run(
            folder,
            "node",
            "ai-sdk.mjs",
            gateway.url() + "/v1",
            gateway.key(),
            Integer.toString(TURNS)))
        .contains("all good");
  }

  private static String run(Path folder, String... command) throws Exception {
    var process = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
