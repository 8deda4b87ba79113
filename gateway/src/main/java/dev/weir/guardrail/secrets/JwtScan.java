package dev.weir.guardrail.secrets;

import dev.weir.guardrail.match.WordChars;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JSON web tokens (RFC 7519): three parts, of which the first decodes to a header with an algorithm. Immutable. */
record JwtScan() implements ShapeScan {
  private static final int LONGEST_HEADER = 1024;
  private static final int LONGEST = 16 << 10;

  @Override
  public String id() {
    return "secrets.jwt";
  }

  @Override
  public String opener() {
    return "eyJ";
  }

  @Override
  public void look(String text, int at, Spans spans) {
    if (at > 0 && WordChars.isAsciiWord(text.charAt(at - 1))) {
      return;
    }
    int header = Letters.URL_SAFE.end(text, at, LONGEST_HEADER);
    if (!dot(text, header)) {
      return;
    }
    int payload = Letters.URL_SAFE.end(text, header + 1, LONGEST);
    if (payload - header < 8 || !dot(text, payload)) {
      return;
    }
    int end = Letters.URL_SAFE.end(text, payload + 1, LONGEST);
    // an encrypted token has two parts more (RFC 7516)
    while (dot(text, end) && Letters.URL_SAFE.end(text, end + 1, LONGEST) > end + 8) {
      end = Letters.URL_SAFE.end(text, end + 1, LONGEST);
    }
    if (algorithm(text.substring(at, header))) {
      spans.add(id(), at, end, 1.0);
    }
  }

  private static boolean dot(String text, int at) {
    return at < text.length() && text.charAt(at) == '.';
  }

  private static boolean algorithm(String header) {
    try {
      var json = new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
      return json.startsWith("{") && json.contains("\"alg\"");
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
  }
}
