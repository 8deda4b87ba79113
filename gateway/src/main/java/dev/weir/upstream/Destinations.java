package dev.weir.upstream;

import dev.weir.network.AddressRule;
import dev.weir.provider.Reach;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a connection may go. Safe for many threads.
 *
 * <p>For {@link Reach#PUBLIC} a name is resolved here, all its addresses are checked, and the connection is opened to one of
 * those very addresses: a name that resolves otherwise a moment later changes nothing.
 */
final class Destinations {
  private final VertxInternal vertx;
  private final Function<InetAddress, Optional<String>> rule;

  Destinations(Vertx vertx) {
    this(vertx, AddressRule::refusal);
  }

  Destinations(Vertx vertx, Function<InetAddress, Optional<String>> rule) {
    this.vertx = (VertxInternal) vertx;
    this.rule = rule;
  }

  /** A checked address of a public host; fails with {@link AddressRefused} when one of its addresses is none. */
  Future<SocketAddress> publicAddress(String host, int port) {
    var form = AddressRule.refusal(host);
    if (form.isPresent() && !isLiteral(host)) {
      return Future.failedFuture(new AddressRefused(form.get()));
    }
    return addresses(bare(host)).compose(found -> checked(found, port));
  }

  private Future<List<InetAddress>> addresses(String host) {
    return isLiteral(host)
        ? Future.succeededFuture(List.of(InetAddress.ofLiteral(host)))
        : vertx
            .nameResolver()
            .resolveAll(host)
            .map(all -> all.stream().map(InetSocketAddress::getAddress).toList());
  }

  private Future<SocketAddress> checked(List<InetAddress> found, int port) {
    for (var address : found) {
      var refusal = rule.apply(address);
      if (refusal.isPresent()) {
        return Future.failedFuture(new AddressRefused(refusal.get()));
      }
    }
    return found.isEmpty()
        ? Future.failedFuture(new java.net.UnknownHostException("no address"))
        // as a literal: by its name it would be looked up once more
        : Future.succeededFuture(
            SocketAddress.inetSocketAddress(port, found.getFirst().getHostAddress()));
  }

  // dots and digits, or colons: no name looks so
  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
