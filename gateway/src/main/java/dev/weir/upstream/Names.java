package dev.weir.upstream;

import io.vertx.core.dns.AddressResolverOptions;
import java.time.Duration;

/** How hosts' names are resolved: without blocking, and forgotten soon, so that an address that moved is found. */
public final class Names {
  private static final Duration QUERY = Duration.ofSeconds(1);
  private static final Duration KNOWN = Duration.ofSeconds(60);
  private static final Duration UNKNOWN = Duration.ofSeconds(5);

  private Names() {}

  /** A name is kept for its time to live, at most a minute; that there is none for five seconds. */
  public static AddressResolverOptions options() {
    return new AddressResolverOptions()
        .setQueryTimeout(QUERY.toMillis())
        .setCacheMaxTimeToLive((int) KNOWN.toSeconds())
        .setCacheNegativeTimeToLive((int) UNKNOWN.toSeconds());
  }
}
