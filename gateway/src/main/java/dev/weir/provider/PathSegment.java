package dev.weir.provider;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.nio.charset.StandardCharsets;

/** A name that a client chose, as one segment of a URL's path (RFC 3986 §3.3). Stateless. */
public final class PathSegment {
  private static final String PLAIN = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private PathSegment() {}

  /**
   * The name with everything escaped that is no letter, digit or one of {@code -._~}.
   *
   * @throws GatewayException MODEL_NOT_FOUND for a name that means another folder
   */
  public static String of(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw GatewayException.of(
              ErrorCode.MODEL_NOT_FOUND, "The model's name cannot be put to its provider.")
          .param("model");
    }
    var text = new StringBuilder(name.length() + 8);
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (plain(b)) {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
      }
    }
    return text.toString();
  }

  private static boolean plain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || PLAIN.indexOf(b) >= 0;
  }
}
