package dev.weir.protocol;

/**
 * Tokens as an upstream reported them.
 *
 * @param input tokens of the prompt, cached ones included; -1 when not reported
 * @param output tokens of the answer, reasoning included; -1 when not reported
 * @param cachedInput part of {@code input} read from the provider's cache; 0 when not reported
 * @param reasoning part of {@code output}; 0 when not reported
 * @param cacheWrite part of {@code input} written to the provider's cache; 0 when not reported
 * @param audioInput part of {@code input}, and of none of its other parts; 0 when not reported
 * @param audioOutput part of {@code output}; 0 when not reported
 */
public record TokenUsage(
    long input,
    long output,
    long cachedInput,
    long reasoning,
    long cacheWrite,
    long audioInput,
    long audioOutput) {
  /** Nothing was reported. */
  public static final TokenUsage UNKNOWN = new TokenUsage(-1, -1, 0, 0);

  /** Text without what is written to a cache. */
  public TokenUsage(long input, long output, long cachedInput, long reasoning) {
    this(input, output, cachedInput, reasoning, 0, 0, 0);
  }

  public boolean known() {
    return input >= 0 && output >= 0;
  }

  /** With the rare parts only where there are any. */
  @Override
  public String toString() {
    return "TokenUsage[input=" + input + ", output=" + output + ", cachedInput=" + cachedInput
        + ", reasoning=" + reasoning + (cacheWrite > 0 ? ", cacheWrite=" + cacheWrite : "")
        + (audioInput > 0 ? ", audioInput=" + audioInput : "")
        + (audioOutput > 0 ? ", audioOutput=" + audioOutput : "") + "]";
  }
}
