package dev.weir.guardrail.secrets;

import dev.weir.guardrail.match.WordChars;
import java.util.List;

/**
 * A random-looking value that is assigned to a name which speaks of secrets: {@code DB_PASSWORD="…"}, {@code "apiKey": "…"},
 * {@code password is …}. Stateless.
 */
final class AssignedSecret {
  static final String ID = "secrets.generic";

  /** Parts of names, in lower case. */
  static final List<String> NAMES = List.of(
      "password",
      "passwd",
      "passphrase",
      "secret",
      "api_key",
      "apikey",
      "api-key",
      "access_key",
      "accesskey",
      "auth_token",
      "authtoken",
      "access_token",
      "accesstoken",
      "private_key",
      "client_secret",
      "credential",
      "encryption_key",
      "signing_key",
      "bearer",
      "passwort",
      "contraseña",
      "mot de passe");

  private static final int LONGEST = 128;

  private AssignedSecret() {}

  /**
   * Where the value of a name stands: start in the upper 32 bits, end in the lower; 0 when there is none.
   *
   * @param end behind the part of the name that was found
   */
  static long value(String text, int start, int end) {
    int at = end;
    while (at < text.length() && at - end < 24 && name(text.charAt(at))) {
      at++;
    }
    at = skip(text, at, "\"'`]) \t");
    boolean bearer = text.regionMatches(true, start, "bearer", 0, 6);
    int sign = at;
    at = skip(text, at, ":=>");
    boolean spoken = at == sign && text.startsWith("is ", at);
    if (spoken) {
      at += 3;
    }
    boolean assigned = at > sign && at - sign <= 3;
    if (!assigned && !bearer) {
      return 0;
    }
    int from = skip(text, at, " \t");
    boolean quoted = from < text.length() && "\"'`".indexOf(text.charAt(from)) >= 0;
    int valueStart = quoted ? from + 1 : from;
    int valueEnd = valueEnd(text, valueStart, quoted);
    return counts(text, valueStart, valueEnd, quoted) ? (long) valueStart << 32 | valueEnd : 0;
  }

  private static boolean name(char c) {
    return WordChars.isAsciiWord(c) || c == '_' || c == '-';
  }

  private static int skip(String text, int from, String signs) {
    int at = from;
    while (at < text.length() && at - from < 4 && signs.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static int valueEnd(String text, int from, boolean quoted) {
    int end = from;
    String stops = quoted ? "\"'`\n\r\t " : "\"'`\n\r\t ,;)}]&<>";
    while (end < text.length() && end - from <= LONGEST && stops.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Random enough, no placeholder, and no expression of a program. */
  private static boolean counts(String text, int from, int end, boolean quoted) {
    int length = end - from;
    if (length < 8 || length > LONGEST) {
      return false;
    }
    int digits = 0;
    int letters = 0;
    int others = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 128 || "(){}[]<>\\".indexOf(c) >= 0) {
        return false;
      }
      digits += WordChars.isDigit(c) ? 1 : 0;
      letters += WordChars.isAsciiLetter(c) ? 1 : 0;
      others += "/.:".indexOf(c) >= 0 ? 1 : 0;
    }
    double least = length >= 20 ? 3.5 : 2.9;
    boolean random =
        digits >= 2 && letters >= 2 && others <= length / 8 && Entropy.of(text, from, end) >= least;
    boolean closed = !quoted || (end < text.length() && "\"'`".indexOf(text.charAt(end)) >= 0);
    return random
        && closed
        && (quoted || others == 0)
        && !Placeholders.strictly(text.substring(from, end));
  }
}
