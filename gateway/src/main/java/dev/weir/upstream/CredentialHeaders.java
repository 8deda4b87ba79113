package dev.weir.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.UpstreamFailures;
import dev.weir.protocol.json.JsonFields;
import dev.weir.provider.Presentation;
import dev.weir.provider.Reach;
import dev.weir.provider.TokenGrant;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The headers that show a credential with a request; access tokens are fetched here, kept, and renewed in the background
 * before they expire. Safe for many threads; parks the calling virtual thread while a first token is fetched.
 */
public final class CredentialHeaders {
  /** A token's last minutes, in which the next one is fetched while this one serves. */
  private static final Duration RENEW = Duration.ofMinutes(5);

  /** A token is of no use for a request that may reach the provider after its end. */
  private static final Duration SPARE = Duration.ofSeconds(30);

  /** After a failed renewal the next try waits this long. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long LONGEST_SECONDS = 86_400;

  private final OutboundCalls calls;
  private final Clock clock;
  private final Cache<TokenGrant, Holder> tokens =
      Caffeine.newBuilder().maximumSize(1000).build();

  private record AccessToken(String header, Instant expires) {}

  /** The token of one grant. */
  private static final class Holder {
    final ReentrantLock fetching = new ReentrantLock();
    final AtomicBoolean renewing = new AtomicBoolean();
    volatile @Nullable AccessToken token;
    volatile Instant notBefore = Instant.MIN;
  }

  public CredentialHeaders(OutboundCalls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * The headers for one request, names in lower case.
   *
   * @throws GatewayException UPSTREAM_AUTH_ERROR when no token is given out, UPSTREAM_UNAVAILABLE when none can be fetched
   */
  List<Map.Entry<String, String>> of(
      Presentation presentation, Reach reach, Presentation.Draft draft) {
    return switch (presentation) {
      case Presentation.Fixed fixed -> fixed.headers();
      case Presentation.Signed signed -> signed.headers(draft);
      case Presentation.Token(var grant) ->
        List.of(Map.entry("authorization", token(grant, reach, draft.at())));
    };
  }

  private String token(TokenGrant grant, Reach reach, Instant now) {
    var holder = tokens.get(grant, _ -> new Holder());
    var token = holder.token;
    if (token == null || now.isAfter(token.expires().minus(SPARE))) {
      return fetched(grant, reach, holder);
    }
    if (now.isAfter(token.expires().minus(RENEW)) && now.isAfter(holder.notBefore)) {
      renew(grant, reach, holder, now);
    }
    return token.header();
  }

  /** Once for all who wait for the same. */
  private String fetched(TokenGrant grant, Reach reach, Holder holder) {
    holder.fetching.lock();
    try {
      var token = holder.token;
      if (token == null || clock.instant().isAfter(token.expires().minus(SPARE))) {
        token = fetch(grant, reach);
        holder.token = token;
      }
      return token.header();
    } finally {
      holder.fetching.unlock();
    }
  }

  private void renew(TokenGrant grant, Reach reach, Holder holder, Instant now) {
    if (holder.renewing.compareAndSet(false, true)) {
      holder.notBefore = now.plus(AGAIN);
      var _ = Thread.ofVirtual().name("token").start(() -> {
        try {
          holder.token = fetch(grant, reach);
        } catch (GatewayException _) {
          // the old one still serves; who finds it expired will be told
        } finally {
          holder.renewing.set(false);
        }
      });
    }
  }

  private AccessToken fetch(TokenGrant grant, Reach reach) {
    var now = clock.instant();
    var headers =
        Map.of("content-type", "application/x-www-form-urlencoded", "accept", "application/json");
    try {
      var answer = calls.call(
          new OutboundCalls.Outbound("POST", grant.url(), headers, grant.form(now), reach, LIMIT));
      if (answer.status() != 200) {
        throw refused(answer.status());
      }
      return read(answer.body(), now);
    } catch (IOException unreachable) {
      throw Failures.unavailable("no access token: " + unreachable.getMessage());
    }
  }

  private static GatewayException refused(int status) {
    var detail = "the token endpoint answered " + status;
    return status >= 500
        ? Failures.unavailable(detail)
        : status == 429
            ? UpstreamFailures.rateLimited().detail(detail)
            : UpstreamFailures.refusedCredentials().detail(detail);
  }

  private static AccessToken read(byte[] body, Instant now) {
    var answer = JsonFields.ofUpstream(body, 0, body.length);
    var token = answer.requiredText("access_token");
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw Failures.invalid("an access token that no header can carry");
    }
    var seconds = Math.clamp(answer.integer("expires_in").orElse(300L), 60, LONGEST_SECONDS);
    return new AccessToken("Bearer " + token, now.plusSeconds(seconds));
  }
}
