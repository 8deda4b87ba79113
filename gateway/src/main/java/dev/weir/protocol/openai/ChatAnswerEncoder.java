package dev.weir.protocol.openai;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.conversation.AnswerEncoder;
import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.conversation.FinishReason;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes an answer as chat completion chunks or as one chat completion. Not thread-safe: one answer. Source: OpenAI API
 * reference, "The chat completion object" and "The chat completion chunk object" (read 2026-11-24).
 */
final class ChatAnswerEncoder implements AnswerEncoder {
  static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

  private final String askedModel;
  private final long created;
  private final UsageWish usage;
  private final ChatMessages collected = new ChatMessages();
  /** The call that was opened last, until its first argument. */
  private Optional<AnswerEvent.ToolCallStarted> silent = Optional.empty();

  private final StringBuilder thought = new StringBuilder();
  private String id = "";
  private TokenUsage used = TokenUsage.UNKNOWN;

  /** Whether the client asked a stream for its usage. */
  enum UsageWish {
    ASKED,
    NOT_ASKED
  }

  /**
   * @param askedModel the model as the client named it
   * @param created seconds since 1970
   */
  ChatAnswerEncoder(String askedModel, long created, UsageWish usage) {
    this.askedModel = askedModel;
    this.created = created;
    this.usage = usage;
  }

  @Override
  public void event(AnswerEvent event, Consumer<byte[]> frames) {
    switch (event) {
      case AnswerEvent.Started started -> {
        id = chatId(started.id());
        frames.accept(chunk(
            0, json -> json.name("role").value("assistant").name("content").value("")));
      }
      case AnswerEvent.UsageReported report -> used = report.usage();
      case AnswerEvent.Finished finished -> {
        endCall(frames);
        frames.accept(finish(finished));
      }
      case AnswerEvent.Ended _ -> {
        if (usage == UsageWish.ASKED) {
          frames.accept(usageChunk());
        }
        frames.accept(DONE);
      }
      case AnswerEvent.TextDelta delta ->
        frames.accept(chunk(delta.choice(), json -> json.name("content").value(delta.text())));
      case AnswerEvent.RefusalDelta delta ->
        frames.accept(chunk(delta.choice(), json -> json.name("refusal").value(delta.text())));
      case AnswerEvent.ReasoningDelta delta -> {
        thought.append(delta.text());
        frames.accept(
            chunk(delta.choice(), json -> json.name("reasoning_content").value(delta.text())));
      }
      case AnswerEvent.ReasoningSigned signed -> {
        // the whole thought beside its signature: what a client must send back to go on
        var whole = thought.toString();
        thought.setLength(0);
        frames.accept(chunk(
            signed.choice(),
            json -> ChatMessages.thinking(json, whole, Optional.of(signed.signature()))));
      }
      case AnswerEvent.SealedReasoning sealed ->
        frames.accept(chunk(sealed.choice(), json -> ChatMessages.sealed(json, sealed.content())));
      case AnswerEvent.ToolCallStarted call -> {
        endCall(frames);
        silent = Optional.of(call);
        frames.accept(chunk(call.choice(), json -> callStarted(json, call)));
      }
      case AnswerEvent.ToolArgumentsDelta delta -> {
        silent = silent.filter(call -> call.call() != delta.call());
        frames.accept(chunk(delta.choice(), json -> arguments(json, delta)));
      }
      case AnswerEvent.Citation citation ->
        frames.accept(chunk(citation.choice(), json -> {
          json.name("annotations").array();
          ChatMessages.citation(json, citation);
          json.endArray();
        }));
    }
  }

  /** Clients parse the arguments: a call without any gets an empty object. */
  private void endCall(Consumer<byte[]> frames) {
    silent.ifPresent(call -> frames.accept(chunk(
        call.choice(),
        json -> arguments(
            json, new AnswerEvent.ToolArgumentsDelta(call.choice(), call.call(), "{}")))));
    silent = Optional.empty();
  }

  @Override
  public void collect(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.Started started -> id = chatId(started.id());
      case AnswerEvent.UsageReported report -> used = report.usage();
      case AnswerEvent other -> collected.add(other);
    }
  }

  @Override
  public byte[] whole() {
    var json = head("chat.completion");
    json.name("choices").array();
    collected.write(json);
    json.endArray();
    if (used.known()) {
      json.name("usage");
      usage(json, used);
    }
    return json.endObject().bytes();
  }

  /** OpenAI's word for the reason. */
  static String word(FinishReason reason) {
    return switch (reason) {
      case STOP, STOP_SEQUENCE, PAUSE -> "stop";
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_calls";
      case CONTENT_FILTER, REFUSAL -> "content_filter";
    };
  }

  private static String chatId(String upstream) {
    return upstream.startsWith("chatcmpl") ? upstream : "chatcmpl-" + upstream;
  }

  private JsonWriter head(String object) {
    return new JsonWriter()
        .object()
        .name("id")
        .value(id)
        .name("object")
        .value(object)
        .name("created")
        .value(created)
        .name("model")
        .value(askedModel);
  }

  private byte[] chunk(int choice, Consumer<JsonWriter> delta) {
    var json = head("chat.completion.chunk");
    json.name("choices")
        .array()
        .object()
        .name("index")
        .value(choice)
        .name("delta")
        .object();
    delta.accept(json);
    json.endObject().name("finish_reason").nullValue().endObject().endArray();
    return SseEvent.write(json.endObject().bytes());
  }

  private byte[] finish(AnswerEvent.Finished finished) {
    var json = head("chat.completion.chunk");
    json.name("choices").array().object().name("index").value(finished.choice());
    json.name("delta").object().endObject();
    json.name("finish_reason").value(word(finished.reason())).endObject().endArray();
    return SseEvent.write(json.endObject().bytes());
  }

  private byte[] usageChunk() {
    var json = head("chat.completion.chunk");
    json.name("choices").array().endArray().name("usage");
    if (used.known()) {
      usage(json, used);
    } else {
      json.nullValue();
    }
    return SseEvent.write(json.endObject().bytes());
  }

  static void usage(JsonWriter json, TokenUsage used) {
    json.object().name("prompt_tokens").value(used.input());
    json.name("completion_tokens").value(used.output());
    json.name("total_tokens").value(used.input() + used.output());
    json.name("prompt_tokens_details")
        .object()
        .name("cached_tokens")
        .value(used.cachedInput())
        .endObject();
    json.name("completion_tokens_details")
        .object()
        .name("reasoning_tokens")
        .value(used.reasoning())
        .endObject()
        .endObject();
  }

  private static void callStarted(JsonWriter json, AnswerEvent.ToolCallStarted call) {
    json.name("tool_calls").array().object().name("index").value(call.call());
    json.name("id").value(call.id()).name("type").value("function");
    json.name("function").object().name("name").value(call.name());
    json.name("arguments").value("").endObject();
    call.signature().ifPresent(signature -> ChatMessages.signature(json, signature));
    json.endObject().endArray();
  }

  private static void arguments(JsonWriter json, AnswerEvent.ToolArgumentsDelta delta) {
    json.name("tool_calls").array().object().name("index").value(delta.call());
    json.name("function").object().name("arguments").value(delta.json()).endObject();
    json.endObject().endArray();
  }
}
