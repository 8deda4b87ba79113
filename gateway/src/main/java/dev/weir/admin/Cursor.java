package dev.weir.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.Base64;
import java.util.regex.Pattern;

/** The form of a cursor: opaque to clients, who send it back as it is. Stateless. */
final class Cursor {
  private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9_]{1,64}");

  private Cursor() {}

  static String write(String place) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(UTF_8));
  }

  /**
   * @throws GatewayException INVALID_VALUE for what was never given out
   */
  static String read(String cursor) {
    try {
      var place = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      if (PLACE.matcher(place).matches()) {
        return place;
      }
    } catch (IllegalArgumentException _) {
      // answered below, as any other wrong one
    }
    throw wrong();
  }

  /**
   * The number that a cursor holds.
   *
   * @throws GatewayException INVALID_VALUE for what was never given out
   */
  static long place(String cursor) {
    try {
      return Long.parseLong(read(cursor));
    } catch (NumberFormatException _) {
      throw wrong();
    }
  }

  private static GatewayException wrong() {
    return GatewayException.of(
            ErrorCode.INVALID_VALUE, "The cursor is not one that a page of this list ended with.")
        .param("cursor");
  }
}
