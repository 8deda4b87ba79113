package dev.weir.network;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Public addresses only: what a URL that was written over the admin API may lead to. Stateless.
 *
 * <p>{@link #refusal(URI)} is for the moment of saving, so that mistakes are told at once; the guarantee is
 * {@link #refusal(InetAddress)} on the address that a connection is opened to, since names may resolve otherwise a second later.
 * Source: IANA special-purpose address registries (RFC 6890 and its updates, read 2026-11-24).
 */
public final class AddressRule {
  private record Block(byte[] network, int bits, String name) {
    static Block of(String cidr, String name) {
      var slash = cidr.indexOf('/');
      return new Block(
          literal(cidr.substring(0, slash)), Integer.parseInt(cidr.substring(slash + 1)), name);
    }

    boolean holds(byte[] address) {
      if (address.length != network.length) {
        return false;
      }
      for (var i = 0; i < bits; i++) {
        var mask = 0x80 >> (i & 7);
        if (((address[i >> 3] ^ network[i >> 3]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Block> BLOCKS = List.of(
      Block.of("0.0.0.0/8", "this network"),
      Block.of("10.0.0.0/8", "a private network"),
      Block.of("100.64.0.0/10", "shared carrier space"),
      Block.of("127.0.0.0/8", "loopback"),
      Block.of("168.63.129.16/32", "a cloud's metadata service"),
      Block.of("169.254.0.0/16", "link-local, where clouds keep their metadata service"),
      Block.of("172.16.0.0/12", "a private network"),
      Block.of("192.0.0.0/24", "protocol assignments"),
      Block.of("192.0.2.0/24", "documentation"),
      Block.of("192.88.99.0/24", "an old relay"),
      Block.of("192.168.0.0/16", "a private network"),
      Block.of("198.18.0.0/15", "benchmarks"),
      Block.of("198.51.100.0/24", "documentation"),
      Block.of("203.0.113.0/24", "documentation"),
      Block.of("224.0.0.0/4", "multicast"),
      Block.of("240.0.0.0/4", "reserved"),
      Block.of("::/128", "the unspecified address"),
      Block.of("::1/128", "loopback"),
      Block.of("64:ff9b:1::/48", "a private translation"),
      Block.of("100::/64", "discarded traffic"),
      Block.of("2001::/23", "protocol assignments and tunnels"),
      Block.of("2001:db8::/32", "documentation"),
      Block.of("3fff::/20", "documentation"),
      Block.of("5f00::/16", "segment routing"),
      Block.of("fc00::/7", "a private network"),
      Block.of("fe80::/10", "link-local"),
      Block.of("fec0::/10", "a private network"),
      Block.of("ff00::/8", "multicast"));

  /** IPv6 addresses that carry an IPv4 address, with the offset of its first byte. */
  private static final Block COMPATIBLE = Block.of("::/96", "");

  private static final Block TRANSLATED = Block.of("64:ff9b::/96", "");
  private static final Block SIX_TO_FOUR = Block.of("2002::/16", "");

  /** A host whose last label is a number in any notation is an address to some resolvers and a name to others. */
  private static final Pattern NUMBER_AT_END =
      Pattern.compile("(?:.*\\.)?(?:0[xX][0-9a-fA-F]*|[0-9]+)\\.?");

  private static final Pattern DOTTED =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
  private static final List<String> LOCAL_NAMES =
      List.of("localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa");

  private AddressRule() {}

  /** Why no connection may be opened to this address, as a part of a sentence; empty when it may. */
  public static Optional<String> refusal(InetAddress address) {
    return refusal(address.getAddress());
  }

  private static Optional<String> refusal(byte[] address) {
    for (var block : BLOCKS) {
      if (block.holds(address)) {
        return Optional.of(block.name());
      }
    }
    return embedded(address).flatMap(AddressRule::refusal);
  }

  private static Optional<byte[]> embedded(byte[] address) {
    if (COMPATIBLE.holds(address) || mapped(address) || TRANSLATED.holds(address)) {
      return Optional.of(Arrays.copyOfRange(address, 12, 16));
    }
    return SIX_TO_FOUR.holds(address)
        ? Optional.of(Arrays.copyOfRange(address, 2, 6))
        : Optional.empty();
  }

  // ::ffff:0:0/96: the library reads its text as IPv4, but bytes may come so from elsewhere
  private static boolean mapped(byte[] address) {
    if (address.length != 16) {
      return false;
    }
    for (var i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == -1 && address[11] == -1;
  }

  /** Why a URL cannot be good, without asking anybody: scheme, host's form, an address or name that is local. */
  public static Optional<String> refusal(URI url) {
    var host = url.getHost();
    if (host == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      return Optional.of("no http or https URL with a host");
    }
    return refusal(host);
  }

  /** The same of a host as it stands in a URL: a name, or an address, in brackets if it is one of IPv6. */
  public static Optional<String> refusal(String text) {
    var host = text.toLowerCase(Locale.ROOT);
    if (host.startsWith("[")) {
      return host.contains("%")
          ? Optional.of("an address with a zone")
          : refusal(literal(host.substring(1, host.length() - 1)));
    }
    if (NUMBER_AT_END.matcher(host).matches()) {
      return DOTTED.matcher(host).matches()
          ? refusal(literal(host))
          : Optional.of("an address that is not written as four decimal numbers");
    }
    var plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    for (var local : LOCAL_NAMES) {
      if (plain.equals(local) || plain.endsWith("." + local)) {
        return Optional.of("a local name");
      }
    }
    return plain.contains(".") ? Optional.empty() : Optional.of("a name without a domain");
  }

  // literals only: nothing is looked up
  private static byte[] literal(String address) {
    try {
      var parsed = InetAddress.ofLiteral(address);
      return switch (parsed) {
        case Inet4Address four -> four.getAddress();
        case Inet6Address six -> six.getAddress();
        default -> throw new IllegalArgumentException(address);
      };
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException("no address: " + address, bad);
    }
  }
}
