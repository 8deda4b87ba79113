package dev.weir.guardrail.pii;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.match.WordChars;
import dev.weir.protocol.Deadline;
import java.util.BitSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds personal identifiers: one pass that stops only at digits, colons, at signs, fillers of machine readable zones and
 * runs of capitals, and gathers a candidate there for the scanners and the table. Safe for many threads.
 *
 * <p>Scores: 1.0 with a checksum, 0.6 with a structure alone, 0.85 with a structure that a word within 40 characters
 * announces. A number that is nothing but digits needs such a word, unless it is all that the text holds.
 */
public final class PiiDetector implements Detector {
  private static final int CHECK_EVERY = 1 << 14;
  private static final byte[] STOPS = new byte[128];
  private static final byte DIGIT = 1;
  private static final byte COLON = 2;
  private static final byte AT = 3;
  private static final byte FILLER = 4;
  private static final byte CAPITAL = 5;
  private static final byte HYPHEN = 6;

  static {
    for (char c = '0'; c <= '9'; c++) {
      STOPS[c] = DIGIT;
    }
    for (char c = 'A'; c <= 'Z'; c++) {
      STOPS[c] = CAPITAL;
    }
    STOPS[':'] = COLON;
    STOPS['@'] = AT;
    STOPS['<'] = FILLER;
    STOPS['-'] = HYPHEN;
  }

  private final Set<String> ids = Set.copyOf(Identifiers.ids());
  private final ContextWords context = new ContextWords(Identifiers.ALL);
  private final TableScan table = new TableScan(Identifiers.ALL);
  private final EmailScan email = new EmailScan(Identifiers.scanned("email"));
  private final UrlScan url = new UrlScan(Identifiers.scanned("url_credentials"));
  private final IpScan ip = new IpScan(Identifiers.scanned("ip"));
  private final PhoneScan phone = new PhoneScan(Identifiers.scanned("phone"));
  private final MrzScan mrz = new MrzScan(Identifiers.scanned("passport"));
  private final BirthDateScan birth = new BirthDateScan(Identifiers.scanned("date_of_birth"));
  private final AddressScan address = new AddressScan(Identifiers.scanned("address"));
  private final int wallet = Identifiers.scanned("crypto");
  private volatile Wanted lastWanted = new Wanted(Set.of(), new BitSet());

  private record Wanted(Set<String> ids, BitSet rows) {}

  @Override
  public Set<String> guardrails() {
    return ids;
  }

  @Override
  public void scan(
      NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
    var scan = new Scan(text.text(), rows(wanted), context.new In(text.text()), new Candidates());
    pass(scan, deadline);
    for (var winner : scan.found().winners()) {
      found.accept(new Finding(
          Identifiers.ALL.get(winner.row()).id(),
          text.originalStart(winner.start()),
          text.originalEnd(winner.end()),
          winner.score()));
    }
  }

  /** Longer than others wait: the month before a day and the street before a number belong to what may come. */
  @Override
  public int stableUntil(NormalizedText text, Set<String> wanted) {
    int stable = Detector.super.stableUntil(text, wanted);
    String original = text.original();
    for (int i = 0; i < 5; i++) {
      int end = stable;
      while (end > 0 && !Character.isLetterOrDigit(original.charAt(end - 1))) {
        end--;
      }
      int start = end;
      while (start > 0 && Character.isLetterOrDigit(original.charAt(start - 1))) {
        start--;
      }
      boolean part = start < end
          && stable - end <= 2
          && (end - start <= 3
              || Character.isUpperCase(original.charAt(start))
              || Character.isDigit(original.charAt(start)));
      if (stable == original.length() || !part) {
        return stable;
      }
      stable = start;
    }
    return stable;
  }

  /** The rows for a set of ids; the same set comes again and again, so the last one is kept. */
  private BitSet rows(Set<String> wanted) {
    var last = lastWanted;
    if (!last.ids().equals(wanted)) {
      last = new Wanted(Set.copyOf(wanted), Identifiers.rows(wanted));
      lastWanted = last;
    }
    return last.rows();
  }

  private void pass(Scan scan, Deadline deadline) {
    var text = scan.text();
    var words = new Words();
    int length = text.length();
    int check = 0;
    int floor = 0;
    int i = 0;
    while (i < length) {
      char c = text.charAt(i);
      if (c >= 128 || STOPS[c] == 0 || (STOPS[c] == CAPITAL && !capitals(scan, i))) {
        i++;
        continue;
      }
      if (i >= check) {
        check(deadline);
        check = i + CHECK_EVERY;
      }
      int next = stop(scan, words, i, floor);
      floor = STOPS[c] == DIGIT || STOPS[c] == COLON ? next : floor;
      i = Math.max(i + 1, next);
    }
  }

  private static void check(Deadline deadline) {
    if (deadline.passed()) {
      throw new DeadlinePassed();
    }
  }

  /** Whether a word of eight capitals or more begins here: a BIC has no digit to be found by. */
  private static boolean capitals(Scan scan, int at) {
    return WordChars.isUpper(scan.at(at + 1))
        && WordChars.isUpper(scan.at(at + 3))
        && WordChars.isUpper(scan.at(at + 5))
        && !WordChars.joins(scan.at(at - 1));
  }

  /** Looks at what is here and returns where to go on. */
  private int stop(Scan scan, Words words, int at, int floor) {
    return switch (STOPS[scan.at(at)]) {
      case AT -> {
        if (scan.wanted().get(email.row())) {
          email.at(scan, at);
        }
        yield at + 1;
      }
      case COLON -> colon(scan, words, at, floor);
      case FILLER ->
        scan.wanted().get(mrz.row()) && scan.at(at + 1) == '<' ? mrz.at(scan, at, 0) : at + 1;
      case CAPITAL -> capital(scan, words, at);
      // pairs between hyphens: a MAC address may have no digit to be found by
      case HYPHEN ->
        scan.at(at + 3) == '-' && scan.at(at + 6) == '-' && WordChars.isAsciiWord(scan.at(at - 1))
            ? cluster(scan, words, at - 1, floor)
            : at + 1;
      default -> cluster(scan, words, at, floor);
    };
  }

  private int colon(Scan scan, Words words, int at, int floor) {
    if (scan.at(at + 1) == '/' && scan.at(at + 2) == '/') {
      if (scan.wanted().get(url.row())) {
        url.at(scan, at);
      }
      return at + 1;
    }
    boolean hexBefore = Character.digit(scan.at(at - 1), 16) >= 0;
    boolean hexAfter = Character.digit(scan.at(at + 1), 16) >= 0 || scan.at(at + 1) == ':';
    if ((hexBefore || scan.at(at + 1) == ':') && hexAfter && scan.wanted().get(ip.row())) {
      ip.six(scan, at, 0);
    }
    return hexBefore && hexAfter ? cluster(scan, words, at - 1, floor) : at + 1;
  }

  private int capital(Scan scan, Words words, int at) {
    int end = Clusters.wordEnd(scan.text(), at);
    words.clear();
    words.add(at, end, 0);
    if (end - at == 8 || end - at == 11 || end - at == 12) {
      table.scan(scan, words);
    }
    return at + 1;
  }

  /** Shows a cluster to all who read clusters; goes on behind its last word with a digit. */
  private int cluster(Scan scan, Words words, int at, int floor) {
    Clusters.gather(scan.text(), at, floor, words);
    for (int i = 0; i < words.size(); i++) {
      colons(scan, words, i);
    }
    table.scan(scan, words);
    if (scan.wanted().get(phone.row())) {
      phone.scan(scan, words);
    }
    if (scan.wanted().get(ip.row())) {
      ip.four(scan, words);
    }
    if (scan.wanted().get(birth.row())) {
      birth.scan(scan, words);
    }
    if (scan.wanted().get(address.row())) {
      address.scan(scan, words);
    }
    if (scan.wanted().get(wallet)) {
      wallets(scan, words);
    }
    return end(words, at);
  }

  /** A cluster may run over colons that hold an IPv6 address, or a URL's. */
  private void colons(Scan scan, Words words, int word) {
    int end = words.end(word);
    if (word + 1 < words.size() && scan.at(end) == ':') {
      if (scan.wanted().get(ip.row()) && Character.digit(scan.at(end - 1), 16) >= 0) {
        ip.six(scan, end, 0);
      }
    }
  }

  private static int end(Words words, int at) {
    int last = words.size() - 1;
    if (words.size() == Clusters.MOST_WORDS) {
      // a longer row of words goes on in a cluster that overlaps with this one
      last -= 12;
    }
    while (last > 0 && words.digits(last) == 0) {
      last--;
    }
    return Math.max(at + 1, words.end(last));
  }

  private void wallets(Scan scan, Words words) {
    for (int i = 0; i < words.size(); i++) {
      if (words.length(i) >= Wallets.SHORTEST) {
        double score = Wallets.score(scan.text().substring(words.start(i), words.end(i)));
        if (score > 0) {
          scan.found().add(words.start(i), words.end(i), wallet, score, -1);
        }
      }
    }
  }
}
