package dev.weir.protocol.openai;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonSplice;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.RequestFields;
import dev.weir.protocol.sse.SseEvent;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to a chat request, or to a prompt of old: chunks of a stream as they pass, or a whole completion. Not thread-safe.
 *
 * <p>Chunks pass as they came, but for the usage that only the gateway asked for: it is read, and taken out. Source:
 * OpenAI API reference, "The chat completion chunk object" (read 2026-11-24).
 */
public final class ChatAnswerReader implements AnswerReader {
  private static final String DONE = "[DONE]";

  private final int choices;
  private final boolean usageAsked;
  private final UsageReader usage = new UsageReader();
  private final Set<Integer> finished = new HashSet<>();
  private boolean content;
  private boolean done;

  /**
   * @param choices how many answers must have finished before a stream may end
   * @param usageAsked whether the client itself asked for a stream's usage
   */
  ChatAnswerReader(int choices, boolean usageAsked) {
    this.choices = choices;
    this.usageAsked = usageAsked;
  }

  @Override
  public Optional<byte[]> event(byte[] frame) {
    content = false;
    if (done) {
      return Optional.empty();
    }
    var event = SseEvent.read(frame);
    if (!event.hasData()) {
      return Optional.of(frame);
    }
    if (event.dataStart() == event.dataEnd()) {
      // a heartbeat by empty data: clients that parse each event's data would stumble over it
      return Optional.empty();
    }
    if (event.dataStartsWith(DONE)) {
      return Optional.of(terminator(frame));
    }
    return chunk(frame, event);
  }

  @Override
  public boolean content() {
    return content;
  }

  @Override
  public boolean complete() {
    return done;
  }

  @Override
  public byte[] whole(byte[] body) {
    var answer = UpstreamAnswer.whole(body);
    var list = answer.find("choices");
    if (list == null || !list.is(JsonValue.Type.ARRAY) || list.isEmpty()) {
      throw UpstreamAnswer.invalid("a completion without choices");
    }
    readUsage(answer.find("usage"));
    return body;
  }

  @Override
  public TokenUsage usage() {
    return usage.usage();
  }

  private byte[] terminator(byte[] frame) {
    if (finished.size() < choices) {
      throw UpstreamAnswer.invalid("the stream was terminated with " + finished.size() + " of "
          + choices + " choices finished");
    }
    done = true;
    content = true;
    return frame;
  }

  private Optional<byte[]> chunk(byte[] frame, SseEvent event) {
    var chunk = UpstreamAnswer.object(event.source(), event.dataStart(), event.dataEnd());
    refuseError(chunk, event);
    readChoices(RequestFields.present(chunk.find("choices")));
    int position = chunk.indexOf("usage");
    if (position < 0) {
      return Optional.of(frame);
    }
    var reported = chunk.member(position).value();
    readUsage(reported);
    if (usageAsked) {
      return Optional.of(frame);
    }
    if (!content && !reported.isNull()) {
      return Optional.empty();
    }
    return Optional.of(without(position, chunk, frame, event));
  }

  private static void refuseError(JsonObject chunk, SseEvent event) {
    var error = RequestFields.present(chunk.find("error"));
    if (error != null) {
      throw UpstreamAnswer.failure(error);
    }
    if (event.name().equals("error")) {
      throw UpstreamAnswer.failure(new JsonValue(event.source(), chunk.start(), event.dataEnd()));
    }
  }

  private void readChoices(@Nullable JsonValue list) {
    if (list == null) {
      return;
    }
    if (!list.is(JsonValue.Type.ARRAY)) {
      throw UpstreamAnswer.invalid("a chunk whose choices are no array");
    }
    for (var choice : list.elements()) {
      if (!choice.is(JsonValue.Type.OBJECT)) {
        throw UpstreamAnswer.invalid("a chunk with a choice that is no object");
      }
      content = true;
      readChoice(choice);
    }
  }

  private void readChoice(JsonValue choice) {
    long index = 0;
    boolean ends = false;
    for (var member : choice.members()) {
      if (member.named("index")) {
        index = member.value().asLong().orElse(-1);
      } else if (member.named("finish_reason")) {
        var reason = member.value();
        ends = reason.is(JsonValue.Type.STRING) && !reason.isEmptyString();
      }
    }
    if (ends && index >= 0 && index < choices) {
      finished.add((int) index);
    }
  }

  private void readUsage(@Nullable JsonValue reported) {
    if (reported != null) {
      usage.read(reported);
    }
  }

  private static byte[] without(int position, JsonObject chunk, byte[] frame, SseEvent event) {
    if (event.inFrame()) {
      return JsonSplice.of(frame).removeMember(chunk, position).apply();
    }
    var data = JsonSplice.of(event.source(), event.dataStart(), event.dataEnd())
        .removeMember(chunk, position)
        .apply();
    return event.withData(data);
  }
}
