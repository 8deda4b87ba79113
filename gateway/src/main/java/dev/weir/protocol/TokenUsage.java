package dev.weir.protocol;

/**
 * Tokens as an upstream reported them.
 *
 * @param input tokens of the prompt, cached ones included; -1 when not reported
 * @param output tokens of the answer, reasoning included; -1 when not reported
 * @param cachedInput part of {@code input} read from the provider's cache; 0 when not reported
 * @param reasoning part of {@code output}; 0 when not reported
 */
public record TokenUsage(long input, long output, long cachedInput, long reasoning) {
  /** Nothing was reported. */
  public static final TokenUsage UNKNOWN = new TokenUsage(-1, -1, 0, 0);

  public boolean known() {
    return input >= 0 && output >= 0;
  }
}
