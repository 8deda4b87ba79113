package dev.weir.protocol.openai;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.json.JsonMember;
import dev.weir.protocol.json.JsonValue;
import java.util.OptionalLong;

/**
 * Gathers what an upstream reports of its usage; the last report of a number wins. Not thread-safe: one answer.
 *
 * <p>A number that cannot be (negative, a fraction, beyond {@link #MOST_TOKENS}) is passed over as if it were not there.
 */
final class UsageReader {
  /** More tokens than one answer can take. */
  static final long MOST_TOKENS = 1_000_000_000;

  private long input = -1;
  private long output = -1;
  private long cachedInput;
  private long reasoning;
  private long cacheWrite;
  private long audioInput;
  private long audioOutput;

  /** Reads a {@code usage} object, in the words of chat completions or of responses; anything else reports nothing. */
  void read(JsonValue usage) {
    if (!usage.is(JsonValue.Type.OBJECT)) {
      return;
    }
    for (var member : usage.members()) {
      if (member.named("prompt_tokens") || member.named("input_tokens")) {
        input = tokens(member, input);
      } else if (member.named("completion_tokens") || member.named("output_tokens")) {
        output = tokens(member, output);
      } else if (member.named("prompt_tokens_details") || member.named("input_tokens_details")) {
        cachedInput = detail(member.value(), "cached_tokens", cachedInput);
        cacheWrite = detail(member.value(), "cache_write_tokens", cacheWrite);
        audioInput = detail(member.value(), "audio_tokens", audioInput);
      } else if (member.named("completion_tokens_details")
          || member.named("output_tokens_details")) {
        reasoning = detail(member.value(), "reasoning_tokens", reasoning);
        audioOutput = detail(member.value(), "audio_tokens", audioOutput);
      }
    }
  }

  /** What was reported; the parts never exceed what they are parts of. */
  TokenUsage usage() {
    if (input < 0 && output < 0) {
      return TokenUsage.UNKNOWN;
    }
    var cached = input < cachedInput ? 0 : cachedInput;
    var thought = output < reasoning ? 0 : reasoning;
    return new TokenUsage(
        input,
        output,
        cached,
        thought,
        Math.min(cacheWrite, Math.max(0, input - cached)),
        Math.min(audioInput, Math.max(0, input - cached - cacheWrite)),
        Math.min(audioOutput, Math.max(0, output - thought)));
  }

  private static long tokens(JsonMember member, long otherwise) {
    OptionalLong number = member.value().asLong();
    return number.isPresent() && number.getAsLong() >= 0 && number.getAsLong() <= MOST_TOKENS
        ? number.getAsLong()
        : otherwise;
  }

  private static long detail(JsonValue details, String name, long otherwise) {
    if (details.is(JsonValue.Type.OBJECT)) {
      for (var member : details.members()) {
        if (member.named(name)) {
          return tokens(member, otherwise);
        }
      }
    }
    return otherwise;
  }
}
