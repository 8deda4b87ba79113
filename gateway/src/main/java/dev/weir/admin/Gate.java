package dev.weir.admin;

import dev.weir.pipeline.Exchange;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.store.Actor;
import dev.weir.store.Admins;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** Lets admins in: by their token, their role, and where their browser comes from. Safe for many threads. */
final class Gate {
  private final Admins admins;
  private final AuthFailures failures;

  Gate(Admins admins, Clock clock) {
    this.admins = admins;
    this.failures = new AuthFailures(clock);
  }

  /**
   * The admin behind a request, who may do this.
   *
   * @throws GatewayException INVALID_ADMIN_TOKEN, RATE_LIMIT_EXCEEDED or PERMISSION_DENIED
   */
  Caller admit(Exchange exchange, AdminOperation operation) {
    requireSameOrigin(exchange);
    var known = token(exchange)
        .flatMap(admins::authenticate)
        .orElseThrow(() -> failures.refused(exchange.clientAddress()));
    var caller = new Caller(new Actor(known.id(), known.tenant()), Role.of(known.role()));
    if (caller.role().compareTo(operation.role()) < 0) {
      throw AdminRequest.denied(
          "This needs the role " + operation.role().name().toLowerCase(Locale.ROOT) + ".");
    }
    if (caller.ofOneTenant() && operation.reach() == AdminOperation.Reach.GATEWAY) {
      throw AdminRequest.denied("This is for admins of the whole gateway.");
    }
    return caller;
  }

  private static Optional<String> token(Exchange exchange) {
    try {
      return exchange.header("authorization") == null
          ? Optional.empty()
          : Optional.of(exchange.credential().text());
    } catch (GatewayException unclear) {
      return Optional.empty();
    }
  }

  // a page of another site may send, but shall not be answered
  private static void requireSameOrigin(Exchange exchange) {
    var origin = exchange.header("origin");
    if (origin == null) {
      return;
    }
    var host = String.valueOf(exchange.header("host"));
    if (!authority(origin).equalsIgnoreCase(host)) {
      throw GatewayException.of(
          ErrorCode.PERMISSION_DENIED, "This port answers no pages of other sites.");
    }
  }

  private static String authority(String origin) {
    try {
      return String.valueOf(new URI(origin).getRawAuthority());
    } catch (URISyntaxException _) {
      return "";
    }
  }
}
