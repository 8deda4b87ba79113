package dev.weir.protocol.anthropic;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.json.JsonFields;

/**
 * Gathers what an answer reports of its usage; the last report of a number wins. Not thread-safe: one answer.
 *
 * <p>Here {@code input_tokens} counts only what no cache had: the prompt is the sum of three numbers.
 */
final class MessagesUsage {
  private static final long MOST_TOKENS = 1_000_000_000;

  private long input = -1;
  private long output = -1;
  private long cacheRead;
  private long cacheWritten;

  void read(JsonFields usage) {
    input = tokens(usage, "input_tokens", input);
    output = tokens(usage, "output_tokens", output);
    cacheRead = tokens(usage, "cache_read_input_tokens", cacheRead);
    cacheWritten = tokens(usage, "cache_creation_input_tokens", cacheWritten);
  }

  TokenUsage usage() {
    return input < 0 && output < 0
        ? TokenUsage.UNKNOWN
        : new TokenUsage(
            input < 0 ? -1 : input + cacheRead + cacheWritten,
            output,
            cacheRead,
            0,
            cacheWritten,
            0,
            0);
  }

  private static long tokens(JsonFields usage, String name, long otherwise) {
    var number = usage.value(name).map(value -> value.asLong().orElse(-1)).orElse(-1L);
    return number >= 0 && number <= MOST_TOKENS ? number : otherwise;
  }
}
