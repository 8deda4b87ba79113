package dev.weir.provider.sandbox;

import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Writes an answer in OpenAI's shapes: a completion, or the chunks of one (API reference, read 2026-11-24). Immutable. */
record SandboxCompletion(String id, long created, String model) {
  byte[] whole(SandboxAnswer answer, SandboxQuestion question) {
    var json = start("chat.completion").name("choices").array();
    for (var i = 0; i < question.choices(); i++) {
      json.object().name("index").value((long) i).name("message").object();
      json.name("role").value("assistant").name("content");
      if (answer.calls().isEmpty()) {
        json.value(answer.text());
      } else {
        json.nullValue();
        calls(json, answer);
      }
      if (!answer.reasoning().isEmpty()) {
        json.name("reasoning_content").value(answer.thought());
      }
      json.name("refusal").nullValue().endObject();
      json.name("logprobs")
          .nullValue()
          .name("finish_reason")
          .value(answer.finish())
          .endObject();
    }
    json.endArray();
    usage(json.name("usage"), answer, question);
    return json.endObject().bytes();
  }

  /** The frames of a stream, the terminator included; each is written when it is due, so that a long stream takes no memory. */
  List<Supplier<byte[]>> events(SandboxAnswer answer, SandboxQuestion question) {
    var frames = new ArrayList<Supplier<byte[]>>();
    for (var i = 0; i < question.choices(); i++) {
      choice(frames, i, answer, question);
    }
    if (question.usage()) {
      frames.add(() -> {
        var json = start("chat.completion.chunk").name("choices").array().endArray();
        usage(json.name("usage"), answer, question);
        return SseEvent.write(json.endObject().bytes());
      });
    }
    frames.add(() -> "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII));
    return frames;
  }

  private void choice(
      List<Supplier<byte[]>> frames, int index, SandboxAnswer answer, SandboxQuestion question) {
    frames.add(chunk(
        index,
        "",
        question,
        delta -> delta.name("role").value("assistant").name("content").value("")));
    for (var thought : answer.reasoning()) {
      frames.add(
          chunk(index, "", question, delta -> delta.name("reasoning_content").value(thought)));
    }
    for (var piece : answer.pieces()) {
      frames.add(chunk(index, "", question, delta -> delta.name("content").value(piece)));
    }
    for (var i = 0; i < answer.calls().size(); i++) {
      var call = answer.calls().get(i);
      var position = i;
      frames.add(chunk(index, "", question, delta -> {
        delta.name("tool_calls").array().object().name("index").value((long) position);
        delta.name("id").value(call.id()).name("type").value("function");
        delta.name("function").object().name("name").value(call.name());
        delta.name("arguments").value("").endObject().endObject().endArray();
      }));
      frames.add(chunk(index, "", question, delta -> {
        delta.name("tool_calls").array().object().name("index").value((long) position);
        delta.name("function").object().name("arguments").value(call.arguments());
        delta.endObject().endObject().endArray();
      }));
    }
    frames.add(chunk(index, answer.finish(), question, _ -> {}));
  }

  private Supplier<byte[]> chunk(
      int index, String finish, SandboxQuestion question, Consumer<JsonWriter> delta) {
    return () -> frame(index, finish, question, delta);
  }

  private byte[] frame(
      int index, String finish, SandboxQuestion question, Consumer<JsonWriter> delta) {
    var json = start("chat.completion.chunk").name("choices").array().object();
    json.name("index").value((long) index).name("delta").object();
    delta.accept(json);
    json.endObject().name("logprobs").nullValue().name("finish_reason");
    if (finish.isEmpty()) {
      json.nullValue();
    } else {
      json.value(finish);
    }
    json.endObject().endArray();
    if (question.usage()) {
      json.name("usage").nullValue();
    }
    return SseEvent.write(json.endObject().bytes());
  }

  private JsonWriter start(String object) {
    return new JsonWriter()
        .object()
        .name("id")
        .value(id)
        .name("object")
        .value(object)
        .name("created")
        .value(created)
        .name("model")
        .value(model)
        .name("system_fingerprint")
        .value("weir-sandbox");
  }

  private static void calls(JsonWriter json, SandboxAnswer answer) {
    json.name("tool_calls").array();
    for (var call : answer.calls()) {
      json.object().name("id").value(call.id()).name("type").value("function");
      json.name("function").object().name("name").value(call.name());
      json.name("arguments").value(call.arguments()).endObject().endObject();
    }
    json.endArray();
  }

  private static void usage(JsonWriter json, SandboxAnswer answer, SandboxQuestion question) {
    var out = answer.tokens() * question.choices();
    json.object().name("prompt_tokens").value(question.promptTokens());
    json.name("completion_tokens").value(out);
    json.name("total_tokens").value(question.promptTokens() + out);
    json.name("completion_tokens_details").object();
    json.name("reasoning_tokens").value((long) answer.reasoning().size() * question.choices());
    json.endObject().endObject();
  }
}
