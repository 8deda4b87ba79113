package dev.weir.protocol.conversation;

import java.util.List;
import java.util.Optional;

/**
 * How the model is to answer; absent: the provider's default. Immutable. Numbers are kept as the client wrote them.
 *
 * @param maxTokens of the answer, reasoning included
 * @param reasoningEffort none, minimal, low, medium, high, xhigh, as OpenAI names them
 * @param reasoningTokens most tokens to think with
 * @param parallelTools whether several tools may be asked for at once
 * @param choices how many answers; providers without it refuse more than one
 * @param user an id of the end user, for the provider's abuse checks
 */
public record Settings(
    Optional<Long> maxTokens,
    Optional<String> temperature,
    Optional<String> topP,
    Optional<Long> topK,
    List<String> stop,
    Optional<Long> seed,
    Optional<String> frequencyPenalty,
    Optional<String> presencePenalty,
    Optional<String> reasoningEffort,
    Optional<Long> reasoningTokens,
    Optional<Boolean> parallelTools,
    int choices,
    Optional<String> user) {
  public Settings {
    stop = List.copyOf(stop);
  }
}
