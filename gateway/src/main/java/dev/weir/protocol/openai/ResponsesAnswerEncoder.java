package dev.weir.protocol.openai;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.conversation.AnswerEncoder;
import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.conversation.FinishReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer as a response of {@code /v1/responses} or as its stream. Not thread-safe: one answer; further choices,
 * which this protocol has not, are passed over. Source: OpenAI API reference, "Streaming events" of responses (read
 * 2026-11-25).
 */
final class ResponsesAnswerEncoder implements AnswerEncoder {
  private final ResponseFrame frame;
  private final ResponseEvents events = new ResponseEvents();
  private final List<byte[]> output = new ArrayList<>();

  /** What is being said or thought; calls are apart, for their pieces may come mixed. */
  private @Nullable ResponseItem open;

  private final Map<Integer, ResponseCall> calls = new LinkedHashMap<>();
  private int items;
  private boolean refused;
  private String id = "";
  private TokenUsage used = TokenUsage.UNKNOWN;
  private FinishReason reason = FinishReason.STOP;

  ResponsesAnswerEncoder(ResponseFrame frame) {
    this.frame = frame;
  }

  @Override
  public void event(AnswerEvent event, Consumer<byte[]> frames) {
    events.to(frames);
    collect(event);
  }

  @Override
  public void collect(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.Started started -> started(started.id());
      case AnswerEvent.TextDelta delta
      when delta.choice() == 0 -> message().say(ResponseMessage.Kind.TEXT, delta.text());
      case AnswerEvent.RefusalDelta delta
      when delta.choice() == 0 -> {
        refused = true;
        message().say(ResponseMessage.Kind.REFUSAL, delta.text());
      }
      case AnswerEvent.Citation citation
      when citation.choice() == 0 -> message().cite(citation);
      case AnswerEvent.ReasoningDelta delta
      when delta.choice() == 0 -> thought().think(delta.text());
      case AnswerEvent.ReasoningSigned signed
      when signed.choice() == 0 -> {
        thought().carry(CarriedThought.Kind.SIGNATURE, signed.signature());
        close("completed");
      }
      case AnswerEvent.SealedReasoning sealed
      when sealed.choice() == 0 -> carried(CarriedThought.Kind.SEALED, sealed.content());
      case AnswerEvent.ToolCallStarted call when call.choice() == 0 -> call(call);
      case AnswerEvent.ToolArgumentsDelta delta
      when delta.choice() == 0 -> {
        var call = calls.get(delta.call());
        if (call != null) {
          call.add(delta.json());
        }
      }
      case AnswerEvent.Finished finished when finished.choice() == 0 -> reason = finished.reason();
      case AnswerEvent.UsageReported report -> used = report.usage();
      case AnswerEvent.Ended _ -> end();
      default -> {}
    }
  }

  @Override
  public byte[] whole() {
    return response(why().isEmpty() ? "completed" : "incomplete", why());
  }

  private void started(String upstream) {
    id = upstream.startsWith("resp_") ? upstream : "resp_" + upstream;
    for (var type : List.of("response.created", "response.in_progress")) {
      events.send(type, json -> json.name("response").raw(response("in_progress", "")));
    }
  }

  private byte[] response(String status, String why) {
    return frame.write(id, status, why, output, used);
  }

  private String itemId(String prefix) {
    return prefix + id.substring("resp_".length()) + "_" + items;
  }

  private ResponseMessage message() {
    if (open instanceof ResponseMessage message) {
      return message;
    }
    close("completed");
    var message = new ResponseMessage(events, itemId("msg_"), items++);
    open = message;
    return message;
  }

  private ResponseThought thought() {
    if (open instanceof ResponseThought thought) {
      return thought;
    }
    close("completed");
    var thought = new ResponseThought(events, itemId("rs_"), items++);
    open = thought;
    return thought;
  }

  private void carried(CarriedThought.Kind kind, String content) {
    close("completed");
    thought().carry(kind, content);
    close("completed");
  }

  private void call(AnswerEvent.ToolCallStarted call) {
    var before = open;
    if (before != null) {
      close("completed");
    }
    call.signature().ifPresent(signature -> carried(CarriedThought.Kind.CALL, signature));
    calls.put(call.call(), new ResponseCall(events, itemId("fc_"), items++, call));
  }

  /** Ends what is open. */
  private void close(String status) {
    var last = open;
    open = null;
    if (last != null) {
      output.add(last.close(status));
    }
    calls.values().forEach(call -> output.add(call.close(status)));
    calls.clear();
  }

  private void end() {
    var why = why();
    var status = why.isEmpty() ? "completed" : "incomplete";
    close(status);
    events.send("response." + status, json -> json.name("response").raw(response(status, why)));
  }

  /** Why the answer is not complete; empty when it is. */
  private String why() {
    return switch (reason) {
      case LENGTH -> "max_output_tokens";
      case CONTENT_FILTER, REFUSAL -> refused ? "" : "content_filter";
      case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE -> "";
    };
  }
}
