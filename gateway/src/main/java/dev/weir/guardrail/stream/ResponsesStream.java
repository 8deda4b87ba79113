package dev.weir.guardrail.stream;

import dev.weir.guardrail.stream.TextStream.Way;
import dev.weir.guardrail.text.DocumentTexts;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonSplice;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one response under guardrails: a channel for each text that deltas add to; the events that repeat it whole say
 * what became of it. Not thread-safe: one stream. Source: OpenAI API reference, "Responses, streaming events" (read
 * 2026-11-25).
 */
final class ResponsesStream implements AnswerStream {
  private static final String DELTA = ".delta";
  private static final String DONE = ".done";

  /** Deltas that are no text. */
  private static final Set<String> BYTES = Set.of("response.audio.delta");

  private static final Set<String> LAST =
      Set.of("response.completed", "response.incomplete", "response.failed", "error");

  /** Members of the last response that a stopped one has in other words. */
  private static final Set<String> OURS =
      Set.of("status", "error", "incomplete_details", "output", "usage");

  private final StreamChecks checks;
  private final WholeTexts wholes;
  private final Map<Key, Text> open = new LinkedHashMap<>();

  /** What was said so far in each item of the output. */
  private final Map<Long, StringBuilder> said = new TreeMap<>();

  private @Nullable JsonObject response;
  private long sequence;

  /** How many events of ours went between theirs. */
  private long added;

  private @Nullable GatewayException stop;

  /** One text of the output: the type of its events without their last part, and where it stands. */
  private record Key(String kind, String item, long output, long content, long summary) {}

  /** A text under way: what came of it, and what went out. */
  private record Text(Channel channel, StringBuilder came, StringBuilder went) {}

  ResponsesStream(StreamChecks checks) {
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
    if (!event.hasData()
        || event.dataStart() == event.dataEnd()
        || event.dataStartsWith("[DONE]")) {
      out.accept(frame);
      return;
    }
    var data = JsonObject.read(event.source(), event.dataStart(), event.dataEnd());
    var type = text(data.find("type"));
    var splice = JsonSplice.of(event.source(), event.dataStart(), event.dataEnd());
    var delta = data.find("delta");
    boolean changed = false;
    boolean goes = true;
    if (type.endsWith(DELTA) && delta != null && delta.is(JsonValue.Type.STRING)) {
      if (!BYTES.contains(type)) {
        changed = delta(key(data, type, DELTA), delta, splice);
        changed |= wholes.forget(data, splice);
      }
    } else {
      flush(data, type, out);
      changed = wholes.replace(DocumentTexts.ofAnswer(data), splice);
      stop = wholes.stop().or(this::stop).orElse(null);
      // it brings all of the text, what was found in it too
      goes = stop == null;
    }
    if (goes) {
      boolean renumbered = number(data, splice);
      send(changed || renumbered ? event.withData(splice.apply()) : frame, data, out);
    }
    if (stop != null) {
      close(out);
    }
  }

  private void send(byte[] frame, JsonObject data, Consumer<byte[]> out) {
    if (data.find("response") != null) {
      var sent = SseEvent.read(frame);
      response = JsonObject.read(sent.source(), sent.dataStart(), sent.dataEnd());
    }
    out.accept(frame);
  }

  /** Counts on behind events of ours; true when the number is another. */
  private boolean number(JsonObject data, JsonSplice splice) {
    var number = data.find("sequence_number");
    if (number == null) {
      return false;
    }
    sequence = number.asLong().orElse(sequence) + added;
    if (added > 0) {
      splice.replace(
          number.start(),
          number.end(),
          Long.toString(sequence).getBytes(StandardCharsets.US_ASCII));
    }
    return added > 0;
  }

  private boolean delta(Key key, JsonValue delta, JsonSplice splice) {
    var text = open.computeIfAbsent(key, this::text);
    var more = delta.asString();
    var now = text.channel().push(more);
    text.came().append(more);
    went(key, text, now);
    stop = text.channel().stop().orElse(null);
    if (!now.equals(more)) {
      splice.replace(delta.start(), delta.end(), JsonWriter.string(now));
    }
    return !now.equals(more);
  }

  private Text text(Key key) {
    var pointer = "/output/" + key.output() + "/content/" + key.content();
    var way = spoken(key) ? Way.SPOKEN : Way.BESIDE;
    return new Text(
        new Channel(checks, pointer, writing(key), way), new StringBuilder(), new StringBuilder());
  }

  private static boolean spoken(Key key) {
    return key.kind().equals("response.output_text");
  }

  private static Channel.Writing writing(Key key) {
    return key.kind().endsWith("_arguments") ? Channel.Writing.JSON : Channel.Writing.TEXT;
  }

  private void went(Key key, Text text, String now) {
    text.went().append(now);
    if (spoken(key)) {
      said.computeIfAbsent(key.output(), _ -> new StringBuilder()).append(now);
    }
  }

  /** Sends what is held of the texts that this event closes. */
  private void flush(JsonObject data, String type, Consumer<byte[]> out) {
    if (!type.endsWith(DONE) && !LAST.contains(type)) {
      return;
    }
    boolean all = LAST.contains(type);
    boolean item = type.equals("response.output_item.done");
    var key = key(data, type, DONE);
    for (var entry : new ArrayList<>(open.entrySet())) {
      var one = entry.getKey();
      if (all || one.equals(key) || (item && one.output() == key.output())) {
        open.remove(one);
        flush(one, entry.getValue(), out);
      }
    }
  }

  private void flush(Key key, Text text, Consumer<byte[]> out) {
    if (stop != null) {
      return;
    }
    var rest = text.channel().end();
    stop = text.channel().stop().orElse(null);
    went(key, text, rest);
    if (stop == null) {
      wholes.became(writing(key), text.came().toString(), text.went().toString());
    }
    if (!rest.isEmpty()) {
      out.accept(adding(key, rest));
    }
  }

  private byte[] adding(Key key, String text) {
    var type = key.kind() + DELTA;
    var json = new JsonWriter().object().name("type").value(type);
    json.name("sequence_number").value(next());
    json.name("item_id").value(key.item()).name("output_index").value(key.output());
    if (key.content() >= 0) {
      json.name("content_index").value(key.content());
    }
    if (key.summary() >= 0) {
      json.name("summary_index").value(key.summary());
    }
    if (spoken(key)) {
      json.name("logprobs").array().endArray();
    }
    return SseEvent.write(type, json.name("delta").value(text).endObject().bytes());
  }

  private long next() {
    added++;
    return ++sequence;
  }

  /** Ends a stream that was stopped, as a model's own filter would. */
  private void close(Consumer<byte[]> out) {
    var type = "response.incomplete";
    var json = new JsonWriter().object().name("type").value(type);
    json.name("sequence_number").value(next()).name("response").object();
    var last = response == null ? null : response.find("response");
    if (last != null) {
      for (var member : last.members()) {
        if (!OURS.contains(member.name())) {
          json.name(member.name()).raw(member.value().bytes());
        }
      }
    }
    json.name("status").value("incomplete").name("error").nullValue();
    json.name("incomplete_details")
        .object()
        .name("reason")
        .value("content_filter")
        .endObject();
    json.name("output").array();
    said.forEach((place, text) -> message(json, place, text.toString()));
    out.accept(SseEvent.write(type, json.endArray().endObject().endObject().bytes()));
  }

  private static void message(JsonWriter json, long place, String text) {
    json.object().name("type").value("message").name("id").value("msg_" + place);
    json.name("status").value("incomplete").name("role").value("assistant");
    json.name("content").array().object().name("type").value("output_text");
    json.name("text").value(text).name("annotations").array().endArray();
    json.endObject().endArray().endObject();
  }

  private static Key key(JsonObject data, String type, String suffix) {
    var kind = type.endsWith(suffix) ? type.substring(0, type.length() - suffix.length()) : type;
    return new Key(
        kind,
        text(data.find("item_id")),
        place(data.find("output_index")),
        place(data.find("content_index")),
        place(data.find("summary_index")));
  }

  private static long place(@Nullable JsonValue number) {
    return number == null ? -1 : number.asLong().orElse(-1);
  }

  private static String text(@Nullable JsonValue value) {
    return value != null && value.is(JsonValue.Type.STRING) ? value.asString() : "";
  }
}
