package dev.weir.guardrail.pii;

import dev.weir.guardrail.match.WordChars;
import java.util.List;
import java.util.Locale;

/**
 * URLs that carry a credential: user and password before the host (RFC 3986 section 3.2.1), or a parameter that is named as
 * one. Immutable.
 *
 * @param row of the table
 */
record UrlScan(int row) {
  private static final int LONGEST = 1024;
  private static final List<String> PARAMETERS = List.of(
      "password=",
      "passwd=",
      "pwd=",
      "access_token=",
      "auth_token=",
      "api_key=",
      "apikey=",
      "api-key=",
      "client_secret=",
      "secret=",
      "token=",
      "private_token=",
      "x-amz-signature=",
      "sig=");

  /** @param colon offset of the colon in front of two slashes */
  void at(Scan scan, int colon) {
    int start = colon;
    while (start > 0 && colon - start < 20 && isScheme(scan.at(start - 1))) {
      start--;
    }
    if (start == colon || !WordChars.isAsciiLetter(scan.at(start))) {
      return;
    }
    int end = end(scan, colon + 3);
    if (userInfo(scan, colon + 3, end) || parameter(scan.text().substring(colon + 3, end))) {
      scan.found().add(start, end, row, 1.0, -1);
    }
  }

  private static boolean isScheme(char c) {
    return WordChars.isAsciiWord(c) || c == '+' || c == '-' || c == '.';
  }

  private static int end(Scan scan, int from) {
    int end = from;
    int limit = Math.min(scan.text().length(), from + LONGEST);
    while (end < limit && isUrl(scan.at(end)) && !scan.text().startsWith("://", end)) {
      end++;
    }
    while (end > from && ".,;:!?'\")]}".indexOf(scan.at(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static boolean isUrl(char c) {
    return c > ' '
        && c != '"'
        && c != '<'
        && c != '>'
        && c != '`'
        && c != '|'
        && !Character.isSpaceChar(c);
  }

  /** Whether user, colon and password stand before the host; a placeholder in brackets is none. */
  private static boolean userInfo(Scan scan, int from, int end) {
    int colon = -1;
    for (int i = from; i < end; i++) {
      char c = scan.at(i);
      if (c == '@') {
        boolean host =
            i + 1 < end && (WordChars.isAsciiWord(scan.at(i + 1)) || scan.at(i + 1) == '[');
        return colon > 0 && colon < i - 1 && host;
      }
      if (c == '/' || c == '?' || c == '#' || c == '{' || c == '$') {
        return false;
      }
      colon = c == ':' && colon < 0 ? i : colon;
    }
    return false;
  }

  private static boolean parameter(String url) {
    int query = url.indexOf('?');
    if (query < 0) {
      return false;
    }
    String lower = url.substring(query).toLowerCase(Locale.ROOT);
    for (String name : PARAMETERS) {
      int at = lower.indexOf(name);
      if (at > 0 && "?&;".indexOf(lower.charAt(at - 1)) >= 0 && value(lower, at + name.length())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value of eight or more characters with a digit follows: not a word of an example. */
  private static boolean value(String query, int from) {
    int end = from;
    int digits = 0;
    while (end < query.length() && query.charAt(end) != '&' && query.charAt(end) != '#') {
      digits += WordChars.isDigit(query.charAt(end)) ? 1 : 0;
      end++;
    }
    return end - from >= 8 && digits > 0;
  }
}
