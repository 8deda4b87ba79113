package dev.weir.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts tokens that were refused, by address, in windows of a minute. Safe for many threads; bounded in memory.
 *
 * <p>A right token is let in whatever others did from the same address: a lock would be a way to lock the operators out.
 */
final class AuthFailures {
  static final int LIMIT = 20;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int ADDRESSES = 10_000;

  private record Window(Instant start, int failures) {}

  private final Clock clock;
  private final Cache<String, Window> windows =
      Caffeine.newBuilder().maximumSize(ADDRESSES).build();

  AuthFailures(Clock clock) {
    this.clock = clock;
  }

  /** Counts one, and returns what it is answered with: 401, or 429 once the address had its share. */
  GatewayException refused(String address) {
    var now = clock.instant();
    var window = windows.asMap().compute(address, (_, old) -> {
      return old == null || !now.isBefore(old.start().plus(WINDOW))
          ? new Window(now, 1)
          : new Window(old.start(), old.failures() + 1);
    });
    if (window.failures() <= LIMIT) {
      return GatewayException.of(
          ErrorCode.INVALID_ADMIN_TOKEN,
          "The admin token is missing or not valid. Send it as 'Authorization: Bearer <token>'.");
    }
    return GatewayException.of(
            ErrorCode.RATE_LIMIT_EXCEEDED, "Too many wrong admin tokens from this address.")
        .retryAfter(Duration.between(now, window.start().plus(WINDOW)));
  }
}
