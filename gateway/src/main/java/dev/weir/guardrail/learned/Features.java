package dev.weir.guardrail.learned;

import java.util.Arrays;

/**
 * Reads a text as hashed features, one piece after another: words, pairs and triples of words, pairs with one word
 * between, and runs of three to five characters inside a word. Case, digits and apostrophes make no difference;
 * ideographs and emoji are words of their own. What occurs again within a block of pieces is not said again. Reusable;
 * one thread at a time.
 *
 * <p>The trainer reads through this class too: a change here asks for new weights.
 */
public final class Features {
  /** Features are numbers below 2 to this power. */
  public static final int BITS = 18;

  /** UTF-16 units a piece has; the last one may have fewer. */
  public static final int PIECE = 128;

  /** As many features that say nothing are counted with every window: two or three words prove little. */
  public static final int PRIOR = 24;

  /** Pieces a block has; a power of two. */
  static final int BLOCK = 8;

  private static final int SHIFT = Long.SIZE - BITS;
  // each unit can end a word: eleven features at the most
  private static final int MOST = PIECE * 12;

  private static final long PAIR = 0x9E3779B97F4A7C15L;
  private static final long TRIPLE = 0xC2B2AE3D27D4EB4FL;
  private static final long SKIP = 0x165667B19E3779F9L;
  private static final long THREE = 0x85EBCA77C2B2AE63L;
  private static final long FOUR = 0x27D4EB2F165667C5L;
  private static final long FIVE = 0xD6E8FEB86659FD93L;
  private static final long WORD = 0xFF51AFD7ED558CCDL;
  private static final long MARK = 0xC4CEB9FE1A85EC53L;
  private static final long CAPITALS = 0x4E6C2DFA4F91C4F9L;

  private static final char BEGIN = 1;
  private static final char END = 2;

  private static final byte APART = 0;
  private static final byte LETTER = 1;
  private static final byte CAPITAL = 2;
  private static final byte DIGIT = 3;
  private static final byte ALONE = 4;
  private static final byte INSIDE = 5;
  private static final byte BLANK = 6;
  private static final byte[] ASCII = ascii();

  private final int[] buckets = new int[MOST];
  private int count;
  private final long[] said = new long[(1 << BITS) / Long.SIZE];
  private int pieces;

  private String text = "";
  private int start;
  private int end;

  private long run;
  private int runLength;
  private long word;
  private int wordLength;
  private int capitals;
  private long before;
  private long beforeThat;
  private char mark;

  /** Begins at a text's start. */
  public void begin(String next) {
    text = next;
    start = 0;
    end = 0;
    pieces = 0;
    before = 0;
    beforeThat = 0;
    mark = 0;
    openWord();
  }

  /** Reads the next piece; false at the end. */
  public boolean next() {
    count = 0;
    start = end;
    if (start == text.length()) {
      return false;
    }
    if ((pieces++ & (BLOCK - 1)) == 0) {
      Arrays.fill(said, 0);
    }
    end = Math.min(start + PIECE, text.length());
    for (int i = start; i < end; i++) {
      read(text.charAt(i));
    }
    if (end == text.length()) {
      closeWord();
    }
    return true;
  }

  /** How many features the piece has. */
  public int count() {
    return count;
  }

  /** The features; valid up to {@link #count()}, and until the next piece. */
  public int[] buckets() {
    return buckets;
  }

  /** Where the piece begins in the text. */
  public int start() {
    return start;
  }

  /** Where the piece ends in the text. */
  public int end() {
    return end;
  }

  private void read(char unit) {
    var kind = unit < 128 ? ASCII[unit] : kind(unit);
    switch (kind) {
      case LETTER -> letter(unit < 128 ? unit : Character.toLowerCase(unit));
      case CAPITAL -> {
        capitals++;
        letter((char) (unit + 32));
      }
      case DIGIT -> letter('0');
      case ALONE -> alone(unit);
      case INSIDE -> {}
      default -> apart(unit, kind);
    }
  }

  private void letter(char unit) {
    var fifth = run >>> 48;
    run = (run << 16) | unit;
    runLength++;
    word = (word + unit) * WORD;
    wordLength++;
    runs(fifth);
  }

  private void runs(long fifth) {
    if (runLength >= 3) {
      add((run & 0xFFFFFFFFFFFFL) * THREE);
      if (runLength >= 4) {
        add(run * FOUR);
        if (runLength >= 5) {
          add((run ^ (fifth * MARK)) * FIVE);
        }
      }
    }
  }

  /** An ideograph or half of an emoji: no spaces stand between these. */
  private void alone(char unit) {
    closeWord();
    word(unit * WORD);
  }

  private void apart(char unit, byte kind) {
    closeWord();
    if (kind == BLANK && unit != '\n') {
      mark = mark == 0 ? ' ' : mark;
      return;
    }
    if (unit != mark) {
      add((unit + 1L) * MARK);
      add((before + unit) * MARK);
      mark = unit;
    }
  }

  private void closeWord() {
    if (wordLength == 0) {
      return;
    }
    var fifth = run >>> 48;
    run = (run << 16) | END;
    runLength++;
    runs(fifth);
    if (capitals == wordLength && wordLength > 1) {
      add(CAPITALS);
    }
    word(word);
    openWord();
  }

  private void word(long hash) {
    add((hash ^ (hash >>> 29)) * PAIR);
    if (before != 0) {
      add(((before * 31 + hash) * PAIR) ^ TRIPLE);
      if (beforeThat != 0) {
        add((beforeThat * 37 + before * 31 + hash) * TRIPLE);
        add((beforeThat * 41 + hash) * SKIP);
      }
    }
    beforeThat = before;
    before = hash;
    mark = 0;
  }

  private void openWord() {
    run = BEGIN;
    runLength = 1;
    word = 0;
    wordLength = 0;
    capitals = 0;
  }

  private void add(long hash) {
    var mixed = hash ^ (hash >>> 32);
    int bucket = (int) ((mixed * FIVE) >>> SHIFT);
    long bit = 1L << bucket;
    if ((said[bucket >>> 6] & bit) == 0) {
      said[bucket >>> 6] |= bit;
      buckets[count++] = bucket;
    }
  }

  private static byte kind(char unit) {
    if ((unit >= 0x2E80 && unit <= 0x9FFF && Character.isLetter(unit))
        || Character.isSurrogate(unit)) {
      return ALONE;
    }
    return switch (Character.getType(unit)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK -> LETTER;
      case Character.DECIMAL_DIGIT_NUMBER -> DIGIT;
      case Character.OTHER_SYMBOL -> ALONE;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
        BLANK;
      case Character.FINAL_QUOTE_PUNCTUATION -> unit == '’' ? INSIDE : APART;
      default -> APART;
    };
  }

  private static byte[] ascii() {
    var kinds = new byte[128];
    for (char unit = 0; unit < 128; unit++) {
      kinds[unit] = Character.isLowerCase(unit)
          ? LETTER
          : Character.isUpperCase(unit)
              ? CAPITAL
              : Character.isDigit(unit)
                  ? DIGIT
                  : unit == '\'' ? INSIDE : unit <= ' ' ? BLANK : APART;
    }
    return kinds;
  }
}
