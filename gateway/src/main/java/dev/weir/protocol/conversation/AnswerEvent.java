package dev.weir.protocol.conversation;

import dev.weir.protocol.TokenUsage;
import java.util.Optional;

/**
 * One step of an answer, in no protocol's words. A whole answer is the same steps, all at once. Immutable.
 *
 * <p>Order: {@link Started}, then the parts of each choice, each between its opening (by its first delta) and the next
 * part's, then {@link Finished} for each choice, {@link UsageReported} anywhere, {@link Ended} last.
 */
public sealed interface AnswerEvent {
  /** @param model as the provider names it */
  record Started(String id, String model) implements AnswerEvent {}

  record TextDelta(int choice, String text) implements AnswerEvent {}

  record RefusalDelta(int choice, String text) implements AnswerEvent {}

  record ReasoningDelta(int choice, String text) implements AnswerEvent {}

  /** The signature of the reasoning that was sent last; kept byte for byte. */
  record ReasoningSigned(int choice, String signature) implements AnswerEvent {}

  /** A whole thought that only the provider can read. */
  record SealedReasoning(int choice, String content) implements AnswerEvent {}

  /**
   * The model begins to ask for a tool.
   *
   * @param call position among the choice's calls, from 0
   */
  record ToolCallStarted(int choice, int call, String id, String name, Optional<String> signature)
      implements AnswerEvent {}

  /** @param json a piece of the arguments' document, cut anywhere */
  record ToolArgumentsDelta(int choice, int call, String json) implements AnswerEvent {}

  /**
   * A source the answer rests on.
   *
   * @param json the provider's own description, for protocols that can carry it
   */
  record Citation(int choice, Optional<String> url, Optional<String> title, String json)
      implements AnswerEvent {}

  /** @param stopSequence the one that was met */
  record Finished(int choice, FinishReason reason, Optional<String> stopSequence)
      implements AnswerEvent {}

  /** What was used so far; a later report replaces an earlier one. */
  record UsageReported(TokenUsage usage) implements AnswerEvent {}

  /** The provider has said that the answer is complete. */
  record Ended() implements AnswerEvent {}
}
