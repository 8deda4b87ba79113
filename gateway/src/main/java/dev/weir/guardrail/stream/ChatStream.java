package dev.weir.guardrail.stream;

import dev.weir.guardrail.stream.DeltaTexts.Delta;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one chat completion under guardrails: a channel for each text of each choice, rewritten where they stand.
 * Not thread-safe: one stream. Source: OpenAI API reference, "The chat completion chunk object" (read 2026-11-24).
 */
final class ChatStream implements AnswerStream {
  private static final String DONE = "[DONE]";
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TERMINATOR = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

  private final StreamChecks checks;
  private final WholeTexts wholes;
  private final Map<Key, Channel> channels = new LinkedHashMap<>();
  private final Map<Long, Boolean> finished = new LinkedHashMap<>();
  private @Nullable JsonObject last;
  private @Nullable GatewayException stop;

  private record Key(long choice, List<Object> path) {}

  ChatStream(StreamChecks checks) {
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
    } else if (event.dataStartsWith(DONE)) {
      flush(-1, out);
      if (stop == null) {
        out.accept(frame);
      } else {
        close(out);
      }
    } else {
      chunk(frame, event, out);
    }
  }

  private void chunk(byte[] frame, SseEvent event, Consumer<byte[]> out) {
    var chunk = JsonObject.read(event.source(), event.dataStart(), event.dataEnd());
    last = chunk;
    var splice = JsonSplice.of(event.source(), event.dataStart(), event.dataEnd());
    boolean changed = wholes.replace(DocumentTexts.besideChoices(chunk), splice);
    stop = wholes.stop().or(this::stop).orElse(null);
    var choices = chunk.find("choices");
    if (choices != null && choices.is(JsonValue.Type.ARRAY)) {
      for (var choice : choices.elements()) {
        changed |= choice(choice, splice, out);
      }
    }
    if (stop == null || changed) {
      out.accept(changed ? event.withData(splice.apply()) : frame);
    }
    if (stop != null) {
      close(out);
    }
  }

  /** Rewrites one choice; true when anything of it changed. */
  private boolean choice(JsonValue choice, JsonSplice splice, Consumer<byte[]> out) {
    long index = index(choice);
    var reason = choice.find("finish_reason");
    boolean ends = reason != null && reason.is(JsonValue.Type.STRING) && !reason.isEmptyString();
    finished.put(index, ends);
    var deltas = DeltaTexts.of(choice);
    if (ends) {
      // what is held of texts that this chunk does not add to goes before it
      flushOthers(index, deltas, out);
    }
    boolean changed = false;
    for (var delta : deltas) {
      changed |= delta(delta, index, ends, splice);
    }
    var logprobs = choice.find("logprobs");
    if (logprobs != null && !logprobs.isNull() && checks.rewrites()) {
      splice.replace(logprobs.start(), logprobs.end(), NULL);
      changed = true;
    }
    if (stop != null && ends && reason != null) {
      // the finish is ours to write now
      splice.replace(reason.start(), reason.end(), NULL);
      finished.put(index, false);
      changed = true;
    }
    return changed;
  }

  private boolean delta(Delta delta, long choice, boolean ends, JsonSplice splice) {
    var channel = channel(choice, delta);
    var more = delta.literal().asString();
    var now = stop == null ? channel.push(more) : "";
    if (ends && stop == null && channel.stop().isEmpty()) {
      now += channel.end();
    }
    stopBy(channel);
    if (now.equals(more)) {
      return false;
    }
    splice.replace(delta.literal().start(), delta.literal().end(), JsonWriter.string(now));
    return true;
  }

  private Channel channel(long choice, Delta delta) {
    return channels.computeIfAbsent(
        new Key(choice, delta.path()),
        key -> new Channel(
            checks,
            "/choices/" + choice + "/"
                + String.join("/", key.path().stream().map(String::valueOf).toList()),
            delta.json() ? Channel.Writing.JSON : Channel.Writing.TEXT,
            delta.spoken() ? Way.SPOKEN : Way.BESIDE));
  }

  private void stopBy(Channel channel) {
    if (stop == null) {
      stop = channel.stop().orElse(null);
    }
  }

  private void flushOthers(long choice, List<Delta> deltas, Consumer<byte[]> out) {
    var here = deltas.stream().map(Delta::path).toList();
    for (var entry : channels.entrySet()) {
      if (entry.getKey().choice() == choice && !here.contains(entry.getKey().path())) {
        flush(entry.getKey(), entry.getValue(), out);
      }
    }
  }

  /** Sends what is held of one choice, or of all. */
  private void flush(long choice, Consumer<byte[]> out) {
    for (var entry : new ArrayList<>(channels.entrySet())) {
      if (choice < 0 || entry.getKey().choice() == choice) {
        flush(entry.getKey(), entry.getValue(), out);
      }
    }
  }

  private void flush(Key key, Channel channel, Consumer<byte[]> out) {
    var like = last;
    if (stop != null || like == null) {
      return;
    }
    var rest = channel.end();
    stopBy(channel);
    if (!rest.isEmpty()) {
      out.accept(ChatChunks.adding(like, key.choice(), key.path(), rest));
    }
  }

  /** Ends a stream that was stopped, as a model's own filter would. */
  private void close(Consumer<byte[]> out) {
    var like = last;
    if (like != null) {
      var open = new TreeSet<Long>();
      finished.forEach((choice, done) -> {
        if (!done) {
          open.add(choice);
        }
      });
      open.forEach(choice -> out.accept(ChatChunks.finishing(like, choice, "content_filter")));
    }
    out.accept(TERMINATOR);
  }

  private static long index(JsonValue choice) {
    var index = choice.find("index");
    return index == null ? 0 : Math.max(0, index.asLong().orElse(0));
  }
}
