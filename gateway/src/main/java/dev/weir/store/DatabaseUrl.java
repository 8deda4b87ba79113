package dev.weir.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a database is, read from {@code postgresql://user:password@host:port/database?options}. Immutable.
 *
 * @param options the query, passed to the driver as it stands; may be empty
 */
public record DatabaseUrl(
    String host, int port, String database, String user, String password, String options) {
  /**
   * Reads the form that libpq and most platforms use.
   *
   * @throws IllegalArgumentException with a message for the operator, which never holds the password
   */
  public static DatabaseUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException bad) {
      throw new IllegalArgumentException("the database URL is not a URL (special characters in the"
          + " password must be percent-encoded)");
    }
    if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
      throw new IllegalArgumentException("the database URL must begin with postgresql://");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("the database URL names no host");
    }
    var userInfo = uri.getRawUserInfo() == null ? "postgres" : uri.getRawUserInfo();
    var colon = userInfo.indexOf(':');
    var path = uri.getPath() == null ? "" : uri.getPath();
    return new DatabaseUrl(
        uri.getHost(),
        uri.getPort() < 0 ? 5432 : uri.getPort(),
        path.length() > 1 ? path.substring(1) : "ai_gateway",
        decode(colon < 0 ? userInfo : userInfo.substring(0, colon)),
        colon < 0 ? "" : decode(userInfo.substring(colon + 1)),
        uri.getRawQuery() == null ? "" : uri.getRawQuery());
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  String jdbc() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database
        + (options.isEmpty() ? "" : "?" + options);
  }

  /** Without the password: this text ends up in messages. */
  @Override
  public String toString() {
    return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
  }
}
