package dev.weir.admin;

import dev.weir.network.AddressRule;
import dev.weir.protocol.InvalidDocument;
import dev.weir.provider.Reach;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * What a provider's address may be that is written over the admin API. Immutable.
 *
 * <p>This is the early answer; the addresses that a name leads to are looked at when a connection is made.
 */
public record BaseUrlCheck(Reach reach) {
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
    if (reach == Reach.PUBLIC && AddressRule.refusal(url.getHost()).isPresent()) {
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
}
