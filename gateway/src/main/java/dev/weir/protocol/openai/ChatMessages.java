package dev.weir.protocol.openai;

import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.conversation.FinishReason;
import dev.weir.protocol.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The choices of a whole answer, gathered from its events. Not thread-safe: one answer. */
final class ChatMessages {
  private final Map<Integer, Message> choices = new TreeMap<>();

  /** One choice as it grows. */
  private static final class Message {
    final StringBuilder text = new StringBuilder();
    final StringBuilder refusal = new StringBuilder();
    final List<Thought> thoughts = new ArrayList<>();
    final Map<Integer, Call> calls = new TreeMap<>();
    final List<AnswerEvent.Citation> citations = new ArrayList<>();
    FinishReason reason = FinishReason.STOP;

    Thought openThought() {
      if (thoughts.isEmpty() || thoughts.getLast().closed()) {
        thoughts.add(new Thought(new StringBuilder()));
      }
      return thoughts.getLast();
    }
  }

  /** A piece of reasoning: open until it is signed, or sealed from the start. */
  private static final class Thought {
    final StringBuilder text;
    Optional<String> signature = Optional.empty();
    Optional<String> sealed = Optional.empty();

    Thought(StringBuilder text) {
      this.text = text;
    }

    boolean closed() {
      return signature.isPresent() || sealed.isPresent();
    }
  }

  private record Call(AnswerEvent.ToolCallStarted start, StringBuilder arguments) {}

  void add(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.TextDelta delta -> of(delta.choice()).text.append(delta.text());
      case AnswerEvent.RefusalDelta delta -> of(delta.choice()).refusal.append(delta.text());
      case AnswerEvent.ReasoningDelta delta ->
        of(delta.choice()).openThought().text.append(delta.text());
      case AnswerEvent.ReasoningSigned signed ->
        of(signed.choice()).openThought().signature = Optional.of(signed.signature());
      case AnswerEvent.SealedReasoning sealed -> {
        var thought = new Thought(new StringBuilder());
        thought.sealed = Optional.of(sealed.content());
        of(sealed.choice()).thoughts.add(thought);
      }
      case AnswerEvent.ToolCallStarted call ->
        of(call.choice()).calls.put(call.call(), new Call(call, new StringBuilder()));
      case AnswerEvent.ToolArgumentsDelta delta -> {
        var call = of(delta.choice()).calls.get(delta.call());
        if (call != null) {
          call.arguments().append(delta.json());
        }
      }
      case AnswerEvent.Citation citation -> of(citation.choice()).citations.add(citation);
      case AnswerEvent.Finished finished -> of(finished.choice()).reason = finished.reason();
      case AnswerEvent.Started _, AnswerEvent.UsageReported _, AnswerEvent.Ended _ -> {}
    }
  }

  private Message of(int choice) {
    return choices.computeIfAbsent(choice, _ -> new Message());
  }

  /** The elements of {@code choices}. */
  void write(JsonWriter json) {
    choices.forEach((index, message) -> {
      json.object().name("index").value(index).name("message");
      write(json, message);
      json.name("logprobs").nullValue();
      json.name("finish_reason").value(ChatAnswerEncoder.word(message.reason)).endObject();
    });
  }

  private static void write(JsonWriter json, Message message) {
    json.object().name("role").value("assistant").name("content");
    if (message.text.isEmpty() && (!message.calls.isEmpty() || !message.refusal.isEmpty())) {
      json.nullValue();
    } else {
      json.value(message.text.toString());
    }
    json.name("refusal");
    if (message.refusal.isEmpty()) {
      json.nullValue();
    } else {
      json.value(message.refusal.toString());
    }
    thoughts(json, message);
    if (!message.citations.isEmpty()) {
      json.name("annotations").array();
      message.citations.forEach(citation -> citation(json, citation));
      json.endArray();
    }
    calls(json, message);
    json.endObject();
  }

  private static void thoughts(JsonWriter json, Message message) {
    var text = new StringBuilder();
    message.thoughts.forEach(thought -> text.append(thought.text));
    if (!text.isEmpty()) {
      json.name("reasoning_content").value(text.toString());
    }
    if (message.thoughts.stream().anyMatch(Thought::closed)) {
      json.name("thinking_blocks").array();
      for (var thought : message.thoughts) {
        if (thought.sealed.isPresent()) {
          sealedBlock(json, thought.sealed.get());
        } else {
          thinkingBlock(json, thought.text.toString(), thought.signature);
        }
      }
      json.endArray();
    }
  }

  private static void calls(JsonWriter json, Message message) {
    if (message.calls.isEmpty()) {
      return;
    }
    json.name("tool_calls").array();
    for (var call : message.calls.values()) {
      json.object().name("id").value(call.start().id()).name("type").value("function");
      json.name("function").object().name("name").value(call.start().name());
      var arguments = call.arguments().isEmpty() ? "{}" : call.arguments().toString();
      json.name("arguments").value(arguments).endObject();
      call.start().signature().ifPresent(signature -> signature(json, signature));
      json.endObject();
    }
    json.endArray();
  }

  static void signature(JsonWriter json, String signature) {
    json.name("extra_content").object().name("google").object();
    json.name("thought_signature").value(signature).endObject().endObject();
  }

  static void thinking(JsonWriter json, String text, Optional<String> signature) {
    json.name("thinking_blocks").array();
    thinkingBlock(json, text, signature);
    json.endArray();
  }

  static void sealed(JsonWriter json, String content) {
    json.name("thinking_blocks").array();
    sealedBlock(json, content);
    json.endArray();
  }

  private static void thinkingBlock(JsonWriter json, String text, Optional<String> signature) {
    json.object().name("type").value("thinking").name("thinking").value(text);
    signature.ifPresent(value -> json.name("signature").value(value));
    json.endObject();
  }

  private static void sealedBlock(JsonWriter json, String content) {
    json.object()
        .name("type")
        .value("redacted_thinking")
        .name("data")
        .value(content)
        .endObject();
  }

  static void citation(JsonWriter json, AnswerEvent.Citation citation) {
    json.object().name("type").value("url_citation").name("url_citation").object();
    json.name("url").value(citation.url().orElse(""));
    json.name("title").value(citation.title().orElse("")).endObject().endObject();
  }
}
