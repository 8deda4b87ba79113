package dev.weir.protocol.openai;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.conversation.AnswerEncoder;
import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.conversation.FinishReason;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.sse.SseEvent;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer as a text completion, whole or streamed: what was said, and nothing of what was thought. Not thread-safe:
 * one answer. Source: OpenAI API reference, "The completion object" (read 2026-11-25).
 */
final class CompletionsAnswerEncoder implements AnswerEncoder {
  private final String askedModel;
  private final long created;
  private final boolean usageAsked;
  private final Map<Integer, StringBuilder> texts = new TreeMap<>();
  private final Map<Integer, FinishReason> reasons = new TreeMap<>();
  private String id = "";
  private TokenUsage used = TokenUsage.UNKNOWN;

  /** @param created seconds since 1970 */
  CompletionsAnswerEncoder(String askedModel, long created, boolean usageAsked) {
    this.askedModel = askedModel;
    this.created = created;
    this.usageAsked = usageAsked;
  }

  @Override
  public void event(AnswerEvent event, Consumer<byte[]> frames) {
    switch (event) {
      case AnswerEvent.TextDelta delta -> frames.accept(chunk(delta.choice(), delta.text(), null));
      case AnswerEvent.RefusalDelta delta ->
        frames.accept(chunk(delta.choice(), delta.text(), null));
      case AnswerEvent.Finished finished ->
        frames.accept(chunk(finished.choice(), "", finished.reason()));
      case AnswerEvent.Ended _ -> {
        if (usageAsked) {
          var json = head().name("choices").array().endArray();
          frames.accept(SseEvent.write(usage(json).endObject().bytes()));
        }
        frames.accept(ChatAnswerEncoder.DONE);
      }
      default -> collect(event);
    }
  }

  @Override
  public void collect(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.Started started ->
        id = started.id().startsWith("cmpl") ? started.id() : "cmpl-" + started.id();
      case AnswerEvent.UsageReported report -> used = report.usage();
      case AnswerEvent.TextDelta delta -> text(delta.choice()).append(delta.text());
      case AnswerEvent.RefusalDelta delta -> text(delta.choice()).append(delta.text());
      case AnswerEvent.Finished finished -> {
        var _ = text(finished.choice());
        reasons.put(finished.choice(), finished.reason());
      }
      default -> {}
    }
  }

  private StringBuilder text(int choice) {
    return texts.computeIfAbsent(choice, _ -> new StringBuilder());
  }

  @Override
  public byte[] whole() {
    var json = head().name("choices").array();
    texts.forEach((choice, text) ->
        choice(json, choice, text.toString(), reasons.getOrDefault(choice, FinishReason.STOP)));
    json.endArray();
    return usage(json).endObject().bytes();
  }

  private JsonWriter head() {
    var json = new JsonWriter().object().name("id").value(id);
    json.name("object").value("text_completion").name("created").value(created);
    return json.name("model").value(askedModel);
  }

  private byte[] chunk(int choice, String text, @Nullable FinishReason reason) {
    var json = head().name("choices").array();
    choice(json, choice, text, reason);
    return SseEvent.write(json.endArray().endObject().bytes());
  }

  private static void choice(
      JsonWriter json, int choice, String text, @Nullable FinishReason reason) {
    json.object().name("text").value(text).name("index").value(choice);
    json.name("logprobs").nullValue().name("finish_reason");
    if (reason == null) {
      json.nullValue();
    } else {
      json.value(ChatAnswerEncoder.word(reason));
    }
    json.endObject();
  }

  private JsonWriter usage(JsonWriter json) {
    json.name("usage");
    if (used.known()) {
      ChatAnswerEncoder.usage(json, used);
    } else {
      json.nullValue();
    }
    return json;
  }
}
