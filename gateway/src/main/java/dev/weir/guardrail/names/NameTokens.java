package dev.weir.guardrail.names;

import java.util.Arrays;

/**
 * The words of one text, each with what the tagger asks about it: a hash without case, its shape, the lists it is on, and
 * what stands before it. Not thread-safe: one text.
 */
public final class NameTokens {
  /** Longer words are no names. */
  static final int LONGEST = 40;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  static final byte LOWER = 1;
  static final byte CAPITAL = 2;
  static final byte UPPER = 3;
  static final byte INITIAL = 4;
  static final byte MIXED = 5;
  static final byte DIGITS = 6;
  static final byte CASELESS = 7;

  static final byte START = 0;
  static final byte SPACE = 1;
  static final byte JOINED = 2;
  static final byte COMMA = 3;
  static final byte STOP = 4;
  static final byte LINE = 5;
  static final byte OTHER = 6;

  private final String text;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private long[] hashes = new long[64];
  private byte[] shapes = new byte[64];
  private byte[] gaps = new byte[64];
  private int[] lists = new int[64];
  private int count;

  private NameTokens(String text) {
    this.text = text;
  }

  /** Reads a normalised text. */
  public static NameTokens of(String text) {
    var tokens = new NameTokens(text);
    int at = 0;
    byte gap = START;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isLetterOrDigit(c)) {
        int end = tokens.wordEnd(at);
        tokens.add(at, end, gap);
        at = end;
        gap = JOINED;
      } else {
        gap = wider(gap, c);
        at++;
      }
    }
    return tokens;
  }

  public int count() {
    return count;
  }

  public int start(int token) {
    return starts[token];
  }

  public int end(int token) {
    return ends[token];
  }

  /** The text that was read. */
  public String text() {
    return text;
  }

  /** A hash of the word without case; of nothing where there is no such token. */
  public long hash(int token) {
    return token < 0 || token >= count ? 1 : hashes[token];
  }

  byte shape(int token) {
    return token < 0 || token >= count ? 0 : shapes[token];
  }

  /** What stands before a word; behind the last one as well. */
  byte gap(int token) {
    return token < 0 || token >= count ? START : gaps[token];
  }

  /** The lists that a word is on, see {@link NameWords}. */
  int lists(int token) {
    return token < 0 || token >= count ? 0 : lists[token];
  }

  /** Whether {@code &} alone stands between a word and the one before it. */
  boolean ampersand(int token) {
    int from = ends[token - 1];
    return starts[token] - from == 3 && text.startsWith(" & ", from);
  }

  /** Whether it can be part of a name: no number, no part of a handle, a tag, a path or an identifier, and not too long. */
  boolean plain(int token) {
    int start = starts[token];
    return shapes[token] != DIGITS
        && ends[token] - start <= LONGEST
        && (start == 0 || "@#/_=\\".indexOf(text.charAt(start - 1)) < 0);
  }

  static long hash(CharSequence word, int from, int to) {
    long hash = 7;
    for (int i = from; i < to; i++) {
      char c = word.charAt(i);
      hash = (hash ^ (c < 128 ? (c >= 'A' && c <= 'Z' ? c + 32 : c) : Character.toLowerCase(c)))
          * MULTIPLIER;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  /** A word goes over hyphens, apostrophes and full stops between letters; an s behind an apostrophe is none of it. */
  private int wordEnd(int start) {
    int i = start + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean apostrophe = c == '\'' || c == '’';
      boolean inside = (c == '-' || c == '.' || apostrophe)
          && i + 1 < text.length()
          && Character.isLetter(text.charAt(i + 1))
          && !(apostrophe && possessive(i))
          // a full stop that somebody forgot to put a space behind
          && !(c == '.' && i - start > 1 && text.charAt(i - 2) != '.');
      if (!inside && !Character.isLetterOrDigit(c) && !mark(c)) {
        break;
      }
      i++;
    }
    return i;
  }

  private static boolean mark(char c) {
    return c >= 0x300
        && (Character.getType(c) == Character.NON_SPACING_MARK
            || Character.getType(c) == Character.COMBINING_SPACING_MARK);
  }

  private boolean possessive(int at) {
    return (text.charAt(at + 1) | 0x20) == 's'
        && (at + 2 == text.length() || !Character.isLetterOrDigit(text.charAt(at + 2)));
  }

  private static byte wider(byte gap, char c) {
    byte own = switch (c) {
      case ' ', '\t', '\u00a0' -> SPACE;
      case '\n', '\r' -> LINE;
      case ',' -> COMMA;
      case '.', '!', '?', ':', ';' -> STOP;
      default -> OTHER;
    };
    if (gap == START || gap == JOINED) {
      return own == SPACE && gap == START ? START : own;
    }
    return (byte) Math.max(gap, own);
  }

  private void add(int start, int end, byte gap) {
    if (count == starts.length) {
      int more = count * 2;
      starts = Arrays.copyOf(starts, more);
      ends = Arrays.copyOf(ends, more);
      hashes = Arrays.copyOf(hashes, more);
      shapes = Arrays.copyOf(shapes, more);
      gaps = Arrays.copyOf(gaps, more);
      lists = Arrays.copyOf(lists, more);
    }
    starts[count] = start;
    ends[count] = end;
    hashes[count] = hash(text, start, end);
    shapes[count] = shape(start, end);
    gaps[count] = gap;
    lists[count] = NameWords.lists(hashes[count]);
    count++;
  }

  private byte shape(int start, int end) {
    char first = text.charAt(start);
    if (Character.isDigit(first)) {
      return DIGITS;
    }
    if (!Character.isUpperCase(first)) {
      return Character.isLowerCase(first) ? LOWER : CASELESS;
    }
    if (end - start == 1 || (end - start <= 4 && text.charAt(start + 1) == '.')) {
      return INITIAL;
    }
    int upper = 0;
    for (int i = start + 1; i < end; i++) {
      upper += Character.isUpperCase(text.charAt(i)) ? 1 : 0;
    }
    return upper == 0 ? CAPITAL : upper >= end - start - 2 ? UPPER : MIXED;
  }
}
