package dev.weir.guardrail.stream;

import dev.weir.guardrail.stream.TextStream.Way;
import dev.weir.guardrail.text.DocumentTexts;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonSplice;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.sse.SseEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one message under guardrails: a channel for each content block, rewritten where they stand. Not thread-safe:
 * one stream. Source: Anthropic API reference, "Streaming messages" (read 2026-11-24).
 */
final class MessagesStream implements AnswerStream {
  private final StreamChecks checks;
  private final WholeTexts wholes;
  private final Map<Block, Channel> channels = new LinkedHashMap<>();
  private long open = -1;
  private @Nullable GatewayException stop;

  /** One text of a content block: its index, and the type and member that its deltas have. */
  private record Block(long index, String type, String member) {}

  MessagesStream(StreamChecks checks) {
    this.checks = checks;
    this.wholes = new WholeTexts(checks);
  }

  @Override
  public Optional<GatewayException> stop() {
    return Optional.ofNullable(stop);
  }

  @Override
  public void event(byte[] frame, Consumer<byte[]> out) {
    var event = SseEvent.read(frame);
    if (!event.hasData() || event.dataStart() == event.dataEnd()) {
      out.accept(frame);
      return;
    }
    var data = JsonObject.read(event.source(), event.dataStart(), event.dataEnd());
    switch (text(data.find("type"))) {
      case "content_block_start" -> {
        whole(data, frame, event, out);
        open = stop == null ? index(data) : open;
      }
      case "content_block_delta" -> delta(data, frame, event, out);
      case "content_block_stop" -> {
        flush(index(data), out);
        forward(frame, out);
        open = -1;
      }
      case "message_delta", "message_stop" -> {
        flush(-1, out);
        forward(frame, out);
      }
      default -> whole(data, frame, event, out);
    }
    if (stop != null) {
      close(out);
    }
  }

  private void forward(byte[] frame, Consumer<byte[]> out) {
    if (stop == null) {
      out.accept(frame);
    }
  }

  /** Hands on an event whose texts are whole: a search's results, what is cited, an error. */
  private void whole(JsonObject data, byte[] frame, SseEvent event, Consumer<byte[]> out) {
    var splice = JsonSplice.of(event.source(), event.dataStart(), event.dataEnd());
    boolean changed = wholes.replace(DocumentTexts.ofAnswer(data), splice);
    stop = wholes.stop().orElse(null);
    forward(changed ? event.withData(splice.apply()) : frame, out);
  }

  private void delta(JsonObject data, byte[] frame, SseEvent event, Consumer<byte[]> out) {
    var delta = data.find("delta");
    var type = delta == null ? "" : text(delta.find("type"));
    var member = switch (type) {
      case "text_delta" -> "text";
      case "input_json_delta" -> "partial_json";
      case "thinking_delta" -> "thinking";
      default -> "";
    };
    var literal = delta == null || member.isEmpty() ? null : delta.find(member);
    if (literal == null || !literal.is(JsonValue.Type.STRING)) {
      whole(data, frame, event, out);
      return;
    }
    var channel = channel(new Block(index(data), type, member));
    var more = literal.asString();
    var now = channel.push(more);
    stop = channel.stop().orElse(null);
    out.accept(
        now.equals(more)
            ? frame
            : event.withData(JsonSplice.of(event.source(), event.dataStart(), event.dataEnd())
                .replace(literal.start(), literal.end(), JsonWriter.string(now))
                .apply()));
  }

  private Channel channel(Block block) {
    return channels.computeIfAbsent(
        block,
        made -> new Channel(
            checks,
            "/content/" + made.index() + "/" + made.member(),
            made.member().equals("partial_json") ? Channel.Writing.JSON : Channel.Writing.TEXT,
            made.member().equals("text") ? Way.SPOKEN : Way.BESIDE));
  }

  /** Sends what is held of one block, or of all. */
  private void flush(long index, Consumer<byte[]> out) {
    for (var entry : channels.entrySet()) {
      var block = entry.getKey();
      if (stop == null && (index < 0 || block.index() == index)) {
        var rest = entry.getValue().end();
        stop = entry.getValue().stop().orElse(null);
        if (!rest.isEmpty()) {
          out.accept(adding(block, rest));
        }
      }
    }
  }

  private static byte[] adding(Block block, String text) {
    var json = new JsonWriter().object().name("type").value("content_block_delta");
    json.name("index").value(block.index()).name("delta").object();
    json.name("type").value(block.type()).name(block.member()).value(text).endObject();
    return SseEvent.write("content_block_delta", json.endObject().bytes());
  }

  /** Ends a stream that was stopped, as a model that declines does. */
  private void close(Consumer<byte[]> out) {
    if (open >= 0) {
      var block = new JsonWriter().object().name("type").value("content_block_stop");
      out.accept(SseEvent.write(
          "content_block_stop", block.name("index").value(open).endObject().bytes()));
    }
    var json = new JsonWriter().object().name("type").value("message_delta");
    json.name("delta").object().name("stop_reason").value("refusal");
    json.name("stop_sequence").nullValue().endObject();
    json.name("usage").object().name("output_tokens").value(0L).endObject();
    out.accept(SseEvent.write("message_delta", json.endObject().bytes()));
    var end = new JsonWriter().object().name("type").value("message_stop").endObject();
    out.accept(SseEvent.write("message_stop", end.bytes()));
  }

  private static long index(JsonObject data) {
    var index = data.find("index");
    return index == null ? 0 : Math.max(0, index.asLong().orElse(0));
  }

  private static String text(@Nullable JsonValue value) {
    return value != null && value.is(JsonValue.Type.STRING) ? value.asString() : "";
  }
}
