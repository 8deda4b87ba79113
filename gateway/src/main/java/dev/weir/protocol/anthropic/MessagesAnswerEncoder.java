package dev.weir.protocol.anthropic;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.conversation.AnswerEncoder;
import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.conversation.FinishReason;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.sse.SseEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Writes an answer as a message of {@code /v1/messages} or as its stream. Not thread-safe: one answer; further choices, which
 * this protocol has not, are passed over. Source: Anthropic API reference, "Streaming messages" (read 2026-11-24).
 */
final class MessagesAnswerEncoder implements AnswerEncoder {
  private final String askedModel;
  private final List<AnswerEvent> collected = new ArrayList<>();
  /** The call whose arguments are forwarded as they come. */
  private OptionalInt live = OptionalInt.empty();

  /** The calls after it: blocks stand one after the other here, and other protocols may mix their calls' pieces. */
  private final List<AnswerEvent.ToolCallStarted> later = new ArrayList<>();

  private final Map<Integer, StringBuilder> laterArguments = new HashMap<>();
  private TokenUsage used = TokenUsage.UNKNOWN;
  private String id = "";
  private int block = -1;
  private Kind open = Kind.NONE;
  private FinishReason reason = FinishReason.STOP;
  private Optional<String> stopSequence = Optional.empty();

  /** What kind of block is being written. */
  private enum Kind {
    NONE,
    TEXT,
    THINKING,
    TOOL
  }

  MessagesAnswerEncoder(String askedModel) {
    this.askedModel = askedModel;
  }

  @Override
  public void event(AnswerEvent event, Consumer<byte[]> frames) {
    switch (event) {
      case AnswerEvent.Started started -> {
        id = messageId(started.id());
        frames.accept(named("message_start", json -> {
          json.name("message");
          message(json, List.of(), Optional.empty());
        }));
      }
      case AnswerEvent.TextDelta delta when delta.choice() == 0 -> text(delta.text(), frames);
      case AnswerEvent.RefusalDelta delta when delta.choice() == 0 -> text(delta.text(), frames);
      case AnswerEvent.ReasoningDelta delta
      when delta.choice() == 0 -> {
        open(Kind.THINKING, frames, Blocks::emptyThinking);
        delta(frames, Blocks.thinkingDelta(delta.text()));
      }
      case AnswerEvent.ReasoningSigned signed
      when signed.choice() == 0 -> {
        open(Kind.THINKING, frames, Blocks::emptyThinking);
        delta(frames, Blocks.signatureDelta(signed.signature()));
        close(frames);
      }
      case AnswerEvent.SealedReasoning sealed
      when sealed.choice() == 0 -> {
        close(frames);
        open(Kind.THINKING, frames, json -> Blocks.sealed(json, sealed.content()));
        close(frames);
      }
      case AnswerEvent.ToolCallStarted call
      when call.choice() == 0 -> {
        if (live.isEmpty()) {
          live = OptionalInt.of(call.call());
          startCall(call, frames);
        } else {
          later.add(call);
        }
      }
      case AnswerEvent.ToolArgumentsDelta delta
      when delta.choice() == 0 -> {
        if (open == Kind.TOOL && live.equals(OptionalInt.of(delta.call()))) {
          delta(frames, Blocks.inputDelta(delta.json()));
        } else {
          laterArguments
              .computeIfAbsent(delta.call(), _ -> new StringBuilder())
              .append(delta.json());
        }
      }
      case AnswerEvent.Finished finished
      when finished.choice() == 0 -> {
        reason = finished.reason();
        stopSequence = finished.stopSequence();
      }
      case AnswerEvent.UsageReported report -> used = report.usage();
      case AnswerEvent.Ended _ -> end(frames);
      default -> {}
    }
  }

  @Override
  public void collect(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.Started started -> id = messageId(started.id());
      case AnswerEvent.UsageReported report -> used = report.usage();
      case AnswerEvent.Finished finished
      when finished.choice() == 0 -> {
        reason = finished.reason();
        stopSequence = finished.stopSequence();
      }
      default -> collected.add(event);
    }
  }

  @Override
  public byte[] whole() {
    var json = new JsonWriter();
    message(json, WholeBlocks.of(collected), Optional.of(word(reason)));
    return json.bytes();
  }

  private static String messageId(String upstream) {
    return upstream.startsWith("msg_") ? upstream : "msg_" + upstream;
  }

  private static String word(FinishReason reason) {
    return switch (reason) {
      case STOP -> "end_turn";
      case STOP_SEQUENCE -> "stop_sequence";
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case CONTENT_FILTER, REFUSAL -> "refusal";
      case PAUSE -> "pause_turn";
    };
  }

  private void message(JsonWriter json, List<byte[]> content, Optional<String> stopReason) {
    json.object().name("id").value(id).name("type").value("message");
    json.name("role").value("assistant").name("model").value(askedModel);
    json.name("content").array();
    content.forEach(json::raw);
    json.endArray().name("stop_reason");
    stopReason.ifPresentOrElse(json::value, json::nullValue);
    json.name("stop_sequence");
    stopSequence.ifPresentOrElse(json::value, json::nullValue);
    json.name("usage");
    usage(json);
    json.endObject();
  }

  private void usage(JsonWriter json) {
    var known = used.known();
    json.object()
        .name("input_tokens")
        .value(known ? used.input() - used.cachedInput() - used.cacheWrite() : 0);
    json.name("cache_creation_input_tokens").value(known ? used.cacheWrite() : 0);
    json.name("cache_read_input_tokens").value(known ? used.cachedInput() : 0);
    json.name("output_tokens").value(known ? used.output() : 0).endObject();
  }

  private void text(String text, Consumer<byte[]> frames) {
    open(Kind.TEXT, frames, Blocks::emptyText);
    delta(frames, Blocks.textDelta(text));
  }

  private void open(Kind kind, Consumer<byte[]> frames, Consumer<JsonWriter> content) {
    if (open == kind && kind != Kind.TOOL) {
      return;
    }
    close(frames);
    open = kind;
    block++;
    frames.accept(named("content_block_start", json -> {
      json.name("index").value(block).name("content_block");
      content.accept(json);
    }));
  }

  private void close(Consumer<byte[]> frames) {
    if (open != Kind.NONE) {
      open = Kind.NONE;
      frames.accept(named("content_block_stop", json -> json.name("index").value(block)));
    }
  }

  private void delta(Consumer<byte[]> frames, byte[] delta) {
    frames.accept(named(
        "content_block_delta",
        json -> json.name("index").value(block).name("delta").raw(delta)));
  }

  private void startCall(AnswerEvent.ToolCallStarted call, Consumer<byte[]> frames) {
    close(frames);
    open(Kind.TOOL, frames, json -> Blocks.toolUse(json, call, "{}"));
  }

  private void end(Consumer<byte[]> frames) {
    close(frames);
    for (var call : later) {
      startCall(call, frames);
      var arguments = laterArguments.get(call.call());
      if (arguments != null) {
        delta(frames, Blocks.inputDelta(arguments.toString()));
      }
      close(frames);
    }
    frames.accept(named("message_delta", json -> {
      json.name("delta").object().name("stop_reason").value(word(reason));
      json.name("stop_sequence");
      stopSequence.ifPresentOrElse(json::value, json::nullValue);
      json.endObject().name("usage");
      usage(json);
    }));
    frames.accept(named("message_stop", _ -> {}));
  }

  private static byte[] named(String type, Consumer<JsonWriter> members) {
    var json = new JsonWriter().object().name("type").value(type);
    members.accept(json);
    return SseEvent.write(type, json.endObject().bytes());
  }
}
