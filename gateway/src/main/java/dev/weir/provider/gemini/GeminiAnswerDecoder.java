package dev.weir.provider.gemini;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.UpstreamFailures;
import dev.weir.protocol.conversation.AnswerDecoder;
import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.conversation.FinishReason;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads an answer of {@code generateContent} or {@code streamGenerateContent}: a chunk of a stream is a whole answer in
 * itself, and says only what is new. Not thread-safe: one answer.
 */
final class GeminiAnswerDecoder implements AnswerDecoder {
  private static final long MOST_TOKENS = 1_000_000_000;

  private final int choices;
  private final Map<Integer, Choice> open = new TreeMap<>();
  private final Set<String> cited = new HashSet<>();
  private String id = "";
  private boolean started;
  private TokenUsage usage = TokenUsage.UNKNOWN;

  /** What is known of one candidate. */
  private static final class Choice {
    int calls;
    boolean spoke;
    Optional<String> reason = Optional.empty();
  }

  /** Reads an answer of this many candidates. */
  GeminiAnswerDecoder(int choices) {
    this.choices = choices;
  }

  @Override
  public void frame(byte[] frame, Consumer<AnswerEvent> out) {
    var event = SseEvent.read(frame);
    if (event.hasData() && event.dataStart() < event.dataEnd()) {
      chunk(JsonFields.ofUpstream(event.source(), event.dataStart(), event.dataEnd()), out);
    }
  }

  @Override
  public void whole(byte[] body, Consumer<AnswerEvent> out) {
    chunk(JsonFields.ofUpstream(body, 0, body.length), out);
    end(out);
    if (open.isEmpty()) {
      throw UpstreamFailures.invalidAnswer().detail("an answer without candidates");
    }
  }

  /** The reasons are told only now: some models repeat theirs in every chunk. */
  @Override
  public void end(Consumer<AnswerEvent> out) {
    if (open.isEmpty() || open.values().stream().anyMatch(choice -> choice.reason.isEmpty())) {
      return;
    }
    open.forEach((index, choice) -> finish(index, choice, out));
    out.accept(new AnswerEvent.UsageReported(usage));
    out.accept(new AnswerEvent.Ended());
  }

  @Override
  public TokenUsage usage() {
    return usage;
  }

  private void chunk(JsonFields chunk, Consumer<AnswerEvent> out) {
    chunk.object("error").ifPresent(error -> {
      throw GeminiErrors.inAnswer(error);
    });
    chunk.object("usageMetadata").ifPresent(this::readUsage);
    start(chunk, out);
    for (var candidate : chunk.objects("candidates")) {
      candidate(candidate, out);
    }
    chunk
        .object("promptFeedback")
        .flatMap(feedback -> feedback.text("blockReason"))
        .ifPresent(this::blocked);
  }

  private void start(JsonFields chunk, Consumer<AnswerEvent> out) {
    if (!started) {
      started = true;
      id = chunk.text("responseId").orElse("");
      out.accept(new AnswerEvent.Started(id, chunk.text("modelVersion").orElse("")));
    }
  }

  private Choice choice(int index) {
    return open.computeIfAbsent(index, _ -> new Choice());
  }

  /** The prompt was blocked: no candidate will come. */
  private void blocked(String reason) {
    for (var index = 0; index < choices; index++) {
      choice(index).reason = Optional.of(reason.equals("OTHER") ? "SAFETY" : reason);
    }
  }

  private void candidate(JsonFields candidate, Consumer<AnswerEvent> out) {
    var index = Math.toIntExact(Math.clamp(candidate.integer("index").orElse(0L), 0, 127));
    var choice = choice(index);
    candidate
        .object("content")
        .ifPresent(content -> content.objects("parts").forEach(part -> part(index, part, out)));
    candidate
        .object("groundingMetadata")
        .ifPresent(grounds -> grounds.objects("groundingChunks").stream()
            .flatMap(ground -> ground.object("web").stream())
            .forEach(source -> citation(index, source, out)));
    candidate.object("citationMetadata").ifPresent(citations -> {
      citations.objects("citationSources").forEach(source -> citation(index, source, out));
      citations.objects("citations").forEach(source -> citation(index, source, out));
    });
    candidate.text("finishReason").ifPresent(word -> choice.reason = Optional.of(word));
  }

  private void part(int index, JsonFields part, Consumer<AnswerEvent> out) {
    var signature = part.text("thoughtSignature").filter(text -> !text.isEmpty());
    var call = part.object("functionCall");
    if (call.isPresent()) {
      call(index, call.get(), signature, out);
      return;
    }
    part.text("text").filter(text -> !text.isEmpty()).ifPresent(text -> {
      if (part.flag("thought").orElse(false)) {
        out.accept(new AnswerEvent.ReasoningDelta(index, text));
      } else {
        choice(index).spoke = true;
        out.accept(new AnswerEvent.TextDelta(index, text));
      }
    });
    signature.ifPresent(text -> out.accept(new AnswerEvent.ReasoningSigned(index, text)));
  }

  private void call(
      int index, JsonFields call, Optional<String> signature, Consumer<AnswerEvent> out) {
    var choice = choice(index);
    var position = choice.calls++;
    // beside the call too: not every client's protocol has a place for it there
    signature.ifPresent(text -> out.accept(new AnswerEvent.ReasoningSigned(index, text)));
    out.accept(new AnswerEvent.ToolCallStarted(
        index,
        position,
        call.text("id").filter(text -> !text.isEmpty()).orElseGet(() -> callId(index, position)),
        call.requiredText("name"),
        signature));
    call.object("args")
        .filter(arguments -> !arguments.object().isEmpty())
        .ifPresent(arguments -> out.accept(new AnswerEvent.ToolArgumentsDelta(
            index, position, new String(arguments.object().bytes(), StandardCharsets.UTF_8))));
  }

  private String callId(int index, int position) {
    return "call_" + id + "_" + (index == 0 ? "" : index + "_") + position;
  }

  private void citation(int index, JsonFields source, Consumer<AnswerEvent> out) {
    var url = source.text("uri");
    if (cited.add(index + url.orElse(""))) {
      out.accept(new AnswerEvent.Citation(
          index,
          url,
          source.text("title"),
          new String(source.object().bytes(), StandardCharsets.UTF_8)));
    }
  }

  private static void finish(int index, Choice choice, Consumer<AnswerEvent> out) {
    var reason = reason(choice);
    if (reason == FinishReason.CONTENT_FILTER && !choice.spoke) {
      out.accept(
          new AnswerEvent.RefusalDelta(index, "The provider's safety filter withheld the answer."));
    }
    out.accept(new AnswerEvent.Finished(index, reason, Optional.empty()));
  }

  private static FinishReason reason(Choice choice) {
    return switch (choice.reason.orElseThrow()) {
      case "MAX_TOKENS" -> FinishReason.LENGTH;
      case "SAFETY",
          "RECITATION",
          "LANGUAGE",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "MODEL_ARMOR",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION" -> FinishReason.CONTENT_FILTER;
      case "MALFORMED_FUNCTION_CALL",
          "UNEXPECTED_TOOL_CALL",
          "TOO_MANY_TOOL_CALLS",
          "MISSING_THOUGHT_SIGNATURE",
          "MALFORMED_RESPONSE" ->
        throw UpstreamFailures.invalidAnswer().detail("ended as " + choice.reason.get());
      default -> choice.calls > 0 ? FinishReason.TOOL_CALLS : FinishReason.STOP;
    };
  }

  private void readUsage(JsonFields counts) {
    var prompt = count(counts, "promptTokenCount", -1);
    if (prompt >= 0) {
      var thoughts = count(counts, "thoughtsTokenCount", 0);
      usage = new TokenUsage(
          prompt + count(counts, "toolUsePromptTokenCount", 0),
          count(counts, "candidatesTokenCount", 0) + thoughts,
          count(counts, "cachedContentTokenCount", 0),
          thoughts);
    }
  }

  private static long count(JsonFields counts, String name, long otherwise) {
    var number = counts.value(name).map(value -> value.asLong().orElse(-1)).orElse(-1L);
    return number >= 0 && number <= MOST_TOKENS ? number : otherwise;
  }
}
