package dev.weir.protocol.anthropic;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Gathers the content blocks of a whole answer from its events. Not thread-safe: one answer. */
final class WholeBlocks {
  private final List<byte[]> blocks = new ArrayList<>();
  private final Map<Integer, AnswerEvent.ToolCallStarted> calls = new LinkedHashMap<>();
  private final Map<Integer, StringBuilder> arguments = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thought = new StringBuilder();

  static List<byte[]> of(List<AnswerEvent> events) {
    var gathered = new WholeBlocks();
    events.forEach(gathered::add);
    return gathered.finish();
  }

  private void add(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.TextDelta delta when delta.choice() == 0 -> said(delta.text());
      case AnswerEvent.RefusalDelta delta when delta.choice() == 0 -> said(delta.text());
      case AnswerEvent.ReasoningDelta delta
      when delta.choice() == 0 -> thought.append(delta.text());
      case AnswerEvent.ReasoningSigned signed
      when signed.choice() == 0 -> endThought(signed.signature());
      case AnswerEvent.SealedReasoning sealed
      when sealed.choice() == 0 -> block(json -> Blocks.sealed(json, sealed.content()));
      case AnswerEvent.ToolCallStarted call
      when call.choice() == 0 -> {
        calls.put(call.call(), call);
        arguments.put(call.call(), new StringBuilder());
      }
      case AnswerEvent.ToolArgumentsDelta delta
      when delta.choice() == 0 ->
        arguments.computeIfAbsent(delta.call(), _ -> new StringBuilder()).append(delta.json());
      default -> {}
    }
  }

  private void said(String words) {
    if (!thought.isEmpty()) {
      endThought("");
    }
    text.append(words);
  }

  private void endThought(String signature) {
    var whole = thought.toString();
    thought.setLength(0);
    block(json -> Blocks.thinking(json, whole, signature));
  }

  private List<byte[]> finish() {
    if (!thought.isEmpty()) {
      endThought("");
    }
    if (!text.isEmpty()) {
      block(json -> Blocks.text(json, text.toString()));
    }
    calls.forEach((position, call) -> block(json -> Blocks.toolUse(
        json, call, input(arguments.getOrDefault(position, new StringBuilder()).toString()))));
    return blocks;
  }

  /** A model may write what is no JSON; this protocol's clients read an object. */
  private static String input(String arguments) {
    if (arguments.isBlank()) {
      return "{}";
    }
    try {
      var _ = JsonObject.read(arguments.getBytes(StandardCharsets.UTF_8));
      return arguments;
    } catch (GatewayException noObject) {
      throw GatewayException.of(
              ErrorCode.UPSTREAM_INVALID_RESPONSE,
              "The model asked for a tool with arguments that are not JSON.")
          .detail(noObject.text());
    }
  }

  private void block(Consumer<JsonWriter> content) {
    var json = new JsonWriter();
    content.accept(json);
    blocks.add(json.bytes());
  }
}
