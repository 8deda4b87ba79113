package dev.weir.identity;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses with a common beginning: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address alone (RFC 4632, RFC 4291).
 * Immutable by contract. Nothing is ever looked up by name.
 */
public record Network(byte[] address, int bits) {

  /** Reads the CIDR form; empty for anything else, a name too, or bits set behind the prefix. */
  public static Optional<Network> parse(String text) {
    var slash = text.indexOf('/');
    var address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    var most = 8 * address.get().length;
    var bits = slash < 0 ? most : prefix(text.substring(slash + 1), most);
    if (bits < 0) {
      return Optional.empty();
    }
    var network = new Network(address.get(), bits);
    return network.clean() ? Optional.of(network) : Optional.empty();
  }

  /** Whether it is an address alone, and no name. */
  public static boolean isAddress(String text) {
    return literal(text).isPresent();
  }

  private static int prefix(String text, int most) {
    if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(Network::digit)) {
      return -1;
    }
    var bits = Integer.parseInt(text);
    return bits <= most ? bits : -1;
  }

  private boolean clean() {
    for (var bit = bits; bit < 8 * address.length; bit++) {
      if (bit(address, bit) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether an address, as the socket gives it, is one of these. */
  public boolean holds(String other) {
    var zone = other.indexOf('%');
    var parsed = literal(zone < 0 ? other : other.substring(0, zone));
    if (parsed.isEmpty() || parsed.get().length != address.length) {
      return false;
    }
    for (var bit = 0; bit < bits; bit++) {
      if (bit(address, bit) != bit(parsed.get(), bit)) {
        return false;
      }
    }
    return true;
  }

  private static int bit(byte[] bytes, int index) {
    return (bytes[index / 8] >> (7 - index % 8)) & 1;
  }

  // an IPv4 address mapped into IPv6 becomes the IPv4 address it is
  private static Optional<byte[]> literal(String text) {
    if (text.indexOf(':') < 0 && !dotted(text)) {
      return Optional.empty();
    }
    if (!text.chars().allMatch(c -> digit(c) || c == '.' || c == ':' || letter(c))) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  // four plain numbers, for libraries take 127.1, 2130706433 and the octal 0177.0.0.1 too
  private static boolean dotted(String text) {
    var parts = text.split("\\.", -1);
    for (var part : parts) {
      if (part.isEmpty() || (part.length() > 1 && part.startsWith("0"))) {
        return false;
      }
    }
    return parts.length == 4 && text.chars().allMatch(c -> digit(c) || c == '.');
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean letter(int c) {
    return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
