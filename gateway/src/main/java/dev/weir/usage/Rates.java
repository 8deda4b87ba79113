package dev.weir.usage;

import dev.weir.protocol.TokenUsage;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the kinds of tokens cost. Immutable.
 *
 * @param nanos nano-dollars per million; a kind that is not there is not known
 */
public record Rates(Map<Kind, Long> nanos) {
  private static final long MILLION = 1_000_000;

  /** What is counted apart; each token is of one kind. */
  public enum Kind {
    INPUT,
    OUTPUT,
    CACHED_INPUT(INPUT),
    CACHE_WRITE(INPUT),
    REASONING(OUTPUT),
    AUDIO_INPUT,
    AUDIO_OUTPUT,
    /** The request itself: one. */
    REQUEST;

    private final Optional<Kind> general;

    Kind() {
      this.general = Optional.empty();
    }

    /** Costs the same as the general kind where nothing else is said. */
    Kind(Kind general) {
      this.general = Optional.of(general);
    }

    private long of(TokenUsage usage) {
      return switch (this) {
        case INPUT -> usage.input() - usage.cachedInput() - usage.cacheWrite() - usage.audioInput();
        case OUTPUT -> usage.output() - usage.reasoning() - usage.audioOutput();
        case CACHED_INPUT -> usage.cachedInput();
        case CACHE_WRITE -> usage.cacheWrite();
        case REASONING -> usage.reasoning();
        case AUDIO_INPUT -> usage.audioInput();
        case AUDIO_OUTPUT -> usage.audioOutput();
        case REQUEST -> 1;
      };
    }
  }

  public Rates {
    var sorted = new EnumMap<Kind, Long>(Kind.class);
    sorted.putAll(nanos);
    nanos = Collections.unmodifiableMap(sorted);
  }

  /** Those of plain text, in nano-dollars per million tokens. */
  public static Rates of(long input, long output) {
    return new Rates(Map.of(Kind.INPUT, input, Kind.OUTPUT, output));
  }

  /** The same with one kind more. */
  public Rates with(Kind kind, long rate) {
    var more = new EnumMap<Kind, Long>(Kind.class);
    more.putAll(nanos);
    more.put(kind, rate);
    return new Rates(more);
  }

  /** A kind's own rate, else that of what it is a part of; empty where neither is known. */
  public OptionalLong of(Kind kind) {
    var own = nanos.get(kind);
    if (own != null) {
      return OptionalLong.of(own);
    }
    if (kind == Kind.REQUEST) {
      return OptionalLong.of(0);
    }
    return kind.general.map(this::of).orElse(OptionalLong.empty());
  }

  /** Nano-dollars, exact and rounded up once at the end; empty where a kind was used whose rate is not known. */
  OptionalLong cost(TokenUsage usage) {
    var whole = 0L;
    var parts = 0L;
    for (var kind : Kind.values()) {
      var tokens = kind.of(usage);
      if (tokens > 0) {
        var rate = of(kind);
        if (rate.isEmpty()) {
          return OptionalLong.empty();
        }
        // apart, so that no product of a billion tokens and a million dollars overflows
        whole += tokens * (rate.getAsLong() / MILLION);
        parts += tokens * (rate.getAsLong() % MILLION);
      }
    }
    return OptionalLong.of(whole + Math.ceilDiv(parts, MILLION));
  }
}
