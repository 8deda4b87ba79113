package dev.weir.routing;

import java.util.List;

/** Names and patterns with a trailing {@code *}. Stateless; hot path. */
final class Names {
  private Names() {}

  static boolean anyMatches(List<String> patterns, String name) {
    for (var pattern : patterns) {
      if (matches(pattern, name)) {
        return true;
      }
    }
    return false;
  }

  static boolean matches(String pattern, String name) {
    var last = pattern.length() - 1;
    return (last >= 0 && pattern.charAt(last) == '*')
        ? name.regionMatches(0, pattern, 0, last)
        : name.equals(pattern);
  }
}
