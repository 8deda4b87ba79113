package dev.weir.guardrail;

import java.text.Normalizer;

/** Makes the normal form of texts that are not plain ASCII. Stateless. */
final class TextNormalizer {
  /** Longest run of a base and its marks that is composed as one: beyond it the marks are decoration. */
  private static final int LONGEST_CLUSTER = 32;

  private TextNormalizer() {}

  /** Whether a text is its own normal form at a glance: ASCII without control characters other than white space. */
  static boolean isPlain(String text) {
    int length = text.length();
    int odd = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      // white space from 9 to 13; all other characters below 32 are controls
      odd |= (c & 0xff80) | ((c - 0x20) & (~(0x3e00 >> (c & 31)) << 31));
    }
    return odd >= 0 && (odd & 0xff80) == 0;
  }

  static NormalizedText normalize(String original) {
    var out = new TextBuilder(original.length() + 8);
    var scripts = new Scripts();
    int i = 0;
    while (i < original.length()) {
      char c = original.charAt(i);
      if (c < 0x80) {
        if (c >= 0x20 || (c >= 9 && c <= 13)) {
          out.add(c, i, i + 1);
          scripts.ascii(c);
        }
        i++;
      } else {
        i = cluster(original, i, out, scripts);
      }
    }
    if (scripts.lookalikes) {
      unmask(out, !scripts.foreign && scripts.latin);
    }
    return new NormalizedText(
        original, out.text(), out.starts(), out.ends(), NormalizedText.View.PLAIN);
  }

  /** What was seen of the scripts of a text. */
  private static final class Scripts {
    boolean latin;
    boolean lookalikes;
    boolean foreign;

    void ascii(char c) {
      latin |= (c | 32) >= 'a' && (c | 32) <= 'z';
    }

    void letter(int point) {
      if (Lookalikes.latin(point) != null) {
        lookalikes = true;
      } else if (Lookalikes.foreign(point)) {
        foreign = true;
      }
    }
  }

  /** One character beyond ASCII with the marks that belong to it. */
  private static int cluster(String original, int at, TextBuilder out, Scripts scripts) {
    int point = original.codePointAt(at);
    int next = at + Character.charCount(point);
    int folded = Lookalikes.always(point);
    if (folded >= 0) {
      out.add((char) folded, at, next);
      return next;
    }
    if (invisible(point)) {
      return next;
    }
    if (Character.isDigit(point)) {
      out.add((char) ('0' + Character.digit(point, 10)), at, next);
      return next;
    }
    if (isMark(point)) {
      return marks(original, at, out);
    }
    int end = withMarks(original, next);
    scripts.letter(point);
    if (end == next && !Character.isSupplementaryCodePoint(point) && stable((char) point)) {
      out.add((char) point, at, next);
      return next;
    }
    add(Normalizer.normalize(original.substring(at, end), Normalizer.Form.NFKC), at, end, out);
    return end;
  }

  private static void add(String normal, int start, int end, TextBuilder out) {
    for (int i = 0; i < normal.length(); i++) {
      char c = normal.charAt(i);
      if (!combiningLatin(c)) {
        out.add(c == '\u2028' || c == '\u2029' ? ' ' : c, start, end);
      }
    }
  }

  /** Marks after an ASCII letter: composed with it where they compose, else taken out as decoration. */
  private static int marks(String original, int at, TextBuilder out) {
    int end = withMarks(original, at);
    if (end - at < LONGEST_CLUSTER && at > 0 && out.size() > 0) {
      int base = out.size() - 1;
      var composed = Normalizer.normalize(
          out.charAt(base) + original.substring(at, end), Normalizer.Form.NFKC);
      if (composed.length() == 1) {
        out.extend(base, composed.charAt(0), end);
        return end;
      }
    }
    for (int i = at; i < end; i++) {
      char c = original.charAt(i);
      if (!combiningLatin(c)) {
        out.add(c, i, i + 1);
      }
    }
    return end;
  }

  private static int withMarks(String original, int from) {
    int i = from;
    while (i < original.length()) {
      int point = original.codePointAt(i);
      if (!isMark(point) && !jamo(point)) {
        return i;
      }
      i += Character.charCount(point);
    }
    return i;
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return (type == Character.NON_SPACING_MARK
            || type == Character.COMBINING_SPACING_MARK
            || type == Character.ENCLOSING_MARK)
        && !invisible(point);
  }

  private static boolean jamo(int point) {
    return point >= 0x1160 && point <= 0x11ff;
  }

  /** Marks of Latin script that compose with nothing here: strokes, dots and towers of accents. */
  private static boolean combiningLatin(char c) {
    return (c >= 0x300 && c <= 0x36f)
        || (c >= 0x20d0 && c <= 0x20ff)
        || (c >= 0x1ab0 && c <= 0x1aff)
        || (c >= 0x1dc0 && c <= 0x1dff);
  }

  /** Whether a character is its own compatibility form, known without asking for the common scripts. */
  private static boolean stable(char c) {
    return (c >= 0xc0 && c <= 0x131)
        || (c >= 0x391 && c <= 0x3ce)
        || (c >= 0x400 && c <= 0x52f)
        || (c >= 0x5d0 && c <= 0x5ea)
        || (c >= 0x620 && c <= 0x64a)
        || (c >= 0x3041 && c <= 0x3096)
        || (c >= 0x30a1 && c <= 0x30fa)
        || (c >= 0x4e00 && c <= 0x9fff)
        || (c >= 0xac00 && c <= 0xd7a3);
  }

  /** Characters that a reader does not see: format characters and what Unicode calls default ignorable. */
  private static boolean invisible(int point) {
    if (point < 0xad) {
      return point < 0xa0;
    }
    return switch (Character.getType(point)) {
      case Character.FORMAT, Character.CONTROL -> true;
      default ->
        point == 0x34f
            || point == 0x115f
            || point == 0x1160
            || point == 0x17b4
            || point == 0x17b5
            || (point >= 0x180b && point <= 0x180f)
            || point == 0x3164
            || point == 0xffa0
            || (point >= 0xfe00 && point <= 0xfe0f)
            || (point >= 0xe0000 && point <= 0xe0fff);
    };
  }

  /** Folds look-alikes: everywhere in a text that is Latin but for them, else in the words that mix scripts. */
  private static void unmask(TextBuilder out, boolean everywhere) {
    int i = 0;
    while (i < out.size()) {
      if (!Character.isLetter(out.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      boolean latin = everywhere;
      while (i < out.size() && Character.isLetter(out.charAt(i))) {
        latin |= out.charAt(i) < 0x250;
        i++;
      }
      if (latin) {
        fold(out, start, i);
      }
    }
  }

  private static void fold(TextBuilder out, int start, int end) {
    for (int i = start; i < end; i++) {
      var letter = Lookalikes.latin(out.charAt(i));
      if (letter != null) {
        out.set(i, letter);
      }
    }
  }
}
