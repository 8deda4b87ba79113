package dev.weir.identity;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Turns a key into the principal behind it: local cache, shared cache, one statement. Safe for many threads.
 *
 * <p>Every refusal of a key is the same failure, so that nobody learns which keys exist.
 */
public final class KeyRing {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final ApiKeyFormat format;
  private final KeyHasher hasher;
  private final KeyResolver resolver;
  private final Clock clock;

  public KeyRing(ApiKeyFormat format, KeyHasher hasher, KeyResolver resolver, Clock clock) {
    this.format = format;
    this.hasher = hasher;
    this.resolver = resolver;
    this.clock = clock;
  }

  /**
   * The principal of this key.
   *
   * @throws GatewayException INVALID_API_KEY, PERMISSION_DENIED for an address that the key may not be used from, or
   *     AUTH_UNAVAILABLE when the key is in no cache and the store cannot answer
   */
  public Principal authenticate(Credential credential, RequestTrace trace) {
    var start = System.nanoTime();
    try {
      var key = format.read(credential.text()).orElseThrow(GatewayException::invalidApiKey);
      var found = known(key, trace).orElseThrow(GatewayException::invalidApiKey);
      if (!found.active() || expired(found.principal())) {
        throw GatewayException.invalidApiKey();
      }
      var principal = found.principal();
      trace.keyId = principal.keyId();
      trace.tenant = principal.tenantId();
      trace.department = principal.departmentId().orElse(null);
      trace.team = principal.teamId().orElse(null);
      requireAllowed(principal, credential.address());
      return principal;
    } finally {
      trace.spent(Stage.AUTH, System.nanoTime() - start);
    }
  }

  // one hash for each answer that costs no look-up: a key held here is compared by its hash, any
  // other must first show by its
  // checksum that it was ever given out
  private Optional<KeyRecord> known(ApiKey key, RequestTrace trace) {
    var held = resolver.held(key.publicId());
    if (held.isPresent()) {
      trace.keyTier = KeyResolver.Tier.LOCAL.label();
      if (opens(held.get(), key)) {
        return held;
      }
    }
    if (!format.isGenuine(key)) {
      return Optional.empty();
    }
    try {
      return held.isPresent() ? rotated(key, trace) : lookedUp(key, trace);
    } catch (KeySource.Unavailable down) {
      throw GatewayException.of(
              ErrorCode.AUTH_UNAVAILABLE, "Keys cannot be checked at the moment. Please try again.")
          .retryAfter(RETRY_AFTER)
          .detail(String.valueOf(down.getCause()));
    }
  }

  private Optional<KeyRecord> lookedUp(ApiKey key, RequestTrace trace) {
    var found = noted(resolver.resolve(key.publicId()), trace);
    return found.isEmpty() || opens(found.get(), key) ? found : rotated(key, trace);
  }

  // this installation made the secret, and the entry does not know it: the entry may be from before
  // a rotation
  private Optional<KeyRecord> rotated(ApiKey key, RequestTrace trace) {
    return resolver
        .doubted(key.publicId())
        .flatMap(again -> noted(again, trace))
        .filter(found -> opens(found, key));
  }

  private static Optional<KeyRecord> noted(KeyResolver.Resolved resolved, RequestTrace trace) {
    trace.keyTier = resolved.tier().label();
    trace.databaseQueries += resolved.statements();
    return resolved.answer().found();
  }

  private boolean opens(KeyRecord found, ApiKey key) {
    var hash = hasher.hash(key.text());
    if (KeyHasher.same(hash, found.hash())) {
      return true;
    }
    return found.previousHash().isPresent()
        && KeyHasher.same(hash, found.previousHash().get())
        && found.previousUntil().map(until -> clock.instant().isBefore(until)).orElse(false);
  }

  private static void requireAllowed(Principal principal, String address) {
    if (principal.allowedAddresses().isEmpty()) {
      return;
    }
    for (var text : principal.allowedAddresses()) {
      if (Network.parse(text).map(network -> network.holds(address)).orElse(false)) {
        return;
      }
    }
    throw GatewayException.of(
        ErrorCode.PERMISSION_DENIED, "This API key may not be used from this address.");
  }

  private boolean expired(Principal principal) {
    return principal.expiresAt().map(at -> !clock.instant().isBefore(at)).orElse(false);
  }
}
