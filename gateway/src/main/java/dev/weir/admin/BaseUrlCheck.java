package dev.weir.admin;

import dev.weir.identity.Network;
import dev.weir.protocol.InvalidDocument;
import dev.weir.provider.Reach;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a provider's address may be that is written over the admin API. Immutable.
 *
 * <p>This is the early answer; the addresses that a name leads to are looked at when a connection is made.
 */
public record BaseUrlCheck(Reach reach) {
  private static final List<String> LOCAL_NAMES =
      List.of("localhost", "local", "internal", "home.arpa");

  // the end of 127.1, 0x7f.1 and their like, which libraries take for addresses
  private static final Pattern NUMBER = Pattern.compile("(^|\\.)(0x[0-9a-f]*|[0-9]+)$");

  /** What IANA's special-purpose registries keep from the public internet (RFC 6890, read 2026-11-24). */
  private static final List<Network> RESERVED = Stream.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3",
          "::/96",
          "64:ff9b::/96",
          "64:ff9b:1::/48",
          "100::/64",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "fc00::/7",
          "fe80::/10",
          "fec0::/10",
          "ff00::/8")
      .map(Network::parse)
      .map(Optional::orElseThrow)
      .toList();

  /**
   * @throws InvalidDocument saying what is wrong with it
   */
  void check(String text) {
    var url = parsed(text);
    var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw wrong("It must begin with https:// or http://.");
    }
    if (url.getHost() == null || url.getRawUserInfo() != null) {
      throw wrong("A host was expected, without user and password.");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw wrong("It ends with its path: no query, no fragment.");
    }
    if (reach == Reach.PUBLIC && isPrivate(url.getHost().toLowerCase(Locale.ROOT))) {
      throw wrong("Private and local addresses are refused unless providers.allow_private_networks"
          + " is set in the configuration.");
    }
  }

  private static URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw wrong("It is not a URL (RFC 3986).");
    }
  }

  private static InvalidDocument wrong(String why) {
    return new InvalidDocument("base_url", why);
  }

  private static boolean isPrivate(String host) {
    var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    var literal = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    var bare = !name.contains(".") && !name.contains(":");
    var disguised = NUMBER.matcher(name).find() && !Network.isAddress(literal);
    return bare
        || disguised
        || LOCAL_NAMES.stream().anyMatch(local -> name.equals(local) || name.endsWith("." + local))
        || RESERVED.stream().anyMatch(network -> network.holds(literal));
  }
}
