package dev.weir.guardrail.pii;

/** Reads IPv6 addresses strictly, as RFC 4291 section 2.2 writes them. Stateless. */
final class Ipv6 {
  private Ipv6() {}

  /** Whether it is one, and no clock's time nor a name of C++ either. */
  static boolean valid(String s) {
    if (count(s, ':') < 2 || !plausible(s)) {
      return false;
    }
    int gap = s.indexOf("::");
    if (gap != s.lastIndexOf("::")) {
      return false;
    }
    if (gap < 0) {
      return groups(s) == 8;
    }
    int left = groups(s.substring(0, gap));
    int right = groups(s.substring(gap + 2));
    return left >= 0 && right >= 0 && left + right <= 7;
  }

  /** A digit, or so many groups that nothing else looks like it; never the bare gap. */
  private static boolean plausible(String s) {
    boolean digit = s.chars().anyMatch(c -> c >= '0' && c <= '9');
    return s.length() > 2 && (digit || count(s, ':') >= 4);
  }

  private static int count(String s, char c) {
    return (int) s.chars().filter(each -> each == c).count();
  }

  /** Number of groups of 16 bits; -1 when it is none. */
  private static int groups(String s) {
    if (s.isEmpty()) {
      return 0;
    }
    int groups = 0;
    int from = 0;
    while (from <= s.length()) {
      int colon = s.indexOf(':', from);
      int end = colon < 0 ? s.length() : colon;
      boolean last = colon < 0;
      String group = s.substring(from, end);
      if (last && group.indexOf('.') > 0) {
        return quad(group) ? groups + 2 : -1;
      }
      if (group.isEmpty() || group.length() > 4 || group.indexOf('.') >= 0) {
        return -1;
      }
      groups++;
      from = end + 1;
    }
    return groups;
  }

  private static boolean quad(String s) {
    var parts = s.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      boolean digits =
          !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!digits || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }
}
