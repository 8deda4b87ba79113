package dev.weir.guardrail.pii;

/** What looks like a phone number and is a date, an amount, an IP address or a range of years. Stateless. */
final class PhoneGuards {
  private static final String CURRENCY = "$\u20ac\u00a3\u00a5\u20b9\u20bd\u20a9";

  private PhoneGuards() {}

  static boolean other(Scan scan, PhoneText written, int start, int end) {
    return !written.international()
        && (date(written)
            || written.lengths().equals("324")
            || quad(written)
            || range(written)
            || amount(scan, written, start, end)
            || arithmetic(scan, start, end)
            || zeros(written));
  }

  /** Day, month and year in any order, perhaps with the hour behind it. */
  private static boolean date(PhoneText written) {
    if (written.groups() < 3
        || written.separators().charAt(0) != written.separators().charAt(1)) {
      return false;
    }
    int first = written.group(0);
    int second = written.group(1);
    int third = written.group(2);
    String lengths = written.lengths();
    boolean yearFirst = lengths.startsWith("4")
        && lengths.charAt(1) <= '2'
        && lengths.charAt(2) <= '2'
        && first >= 1000
        && first <= 2999
        && second <= 12
        && third <= 31;
    boolean small =
        lengths.charAt(0) <= '2' && lengths.charAt(1) <= '2' && first <= 31 && second <= 31;
    boolean yearLast = small && lengths.charAt(2) == '4' && third >= 1000 && third <= 2999;
    boolean shortYear =
        small && lengths.length() == 3 && lengths.charAt(2) == '2' && (first <= 12 || second <= 12);
    return yearFirst || yearLast || shortYear;
  }

  private static boolean quad(PhoneText written) {
    return written.groups() == 4 && written.separatedBy('.') && written.longestGroup() <= 3;
  }

  /** 1990-1995, 2010/2011. */
  private static boolean range(PhoneText written) {
    return written.lengths().equals("44") && year(written.group(0)) && year(written.group(1));
  }

  private static boolean year(int value) {
    return value >= 1500 && value <= 2199;
  }

  private static boolean amount(Scan scan, PhoneText written, int start, int end) {
    char before = scan.at(start - 1) == ' ' ? scan.at(start - 2) : scan.at(start - 1);
    char after = scan.at(end) == ' ' ? scan.at(end + 1) : scan.at(end);
    if (CURRENCY.indexOf(before) >= 0 || CURRENCY.indexOf(after) >= 0 || after == '%') {
      return true;
    }
    boolean decimal =
        written.groups() == 2 && (written.separatedBy('.') || written.separatedBy('/'));
    boolean grouped = written.thousands()
        && written.group(0) != 0
        && written.groups() > 2
        && (written.separatedBy('.') || written.separatedBy(' '))
        && written.text().charAt(0) != '0'
        && written.lengths().charAt(0) < '3';
    return decimal || grouped;
  }

  /** A sum or a list of numbers: 1 - 2, = 10 20 30. */
  private static boolean arithmetic(Scan scan, int start, int end) {
    char before = scan.at(start - 1) == ' ' ? scan.at(start - 2) : scan.at(start - 1);
    char after = scan.at(end) == ' ' ? scan.at(end + 1) : scan.at(end);
    boolean opened = "=*^<>[{|~".indexOf(before) >= 0;
    return opened || "*^<>]}|~".indexOf(after) >= 0 || (after == '=' && scan.at(end) == ' ');
  }

  private static boolean zeros(PhoneText written) {
    return written.text().chars().filter(c -> c >= '1' && c <= '9').distinct().count() < 2;
  }
}
