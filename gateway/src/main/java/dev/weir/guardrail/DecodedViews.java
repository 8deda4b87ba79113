package dev.weir.guardrail;

import java.util.ArrayList;
import java.util.List;

/** Finds what a text hides under encodings and spellings: one cheap look at each character, more only at a sign. Stateless. */
final class DecodedViews {
  /** Longest text that is looked into, in UTF-16 units. */
  static final int MOST = 256 << 10;

  /** How often one encoding inside another is undone. */
  static final int DEPTH = 2;

  /** Shortest run that may hold an encoded text. */
  static final int SHORTEST_RUN = 16;

  private static final int SIGN_ESCAPE = 1;
  private static final int SIGN_RUN = 2;
  private static final int SIGN_LEET = 4;
  private static final int SIGN_SPACED = 8;

  private static final byte OTHER = 0;
  private static final byte LETTER = 1;
  private static final byte DIGIT = 2;
  private static final byte LEET = 3;
  private static final byte ESCAPE = 4;
  private static final byte JOINED = 5;
  private static final byte[] CLASS = classes();

  private DecodedViews() {}

  static List<NormalizedText> of(NormalizedText text) {
    if (text.text().length() > MOST) {
      return List.of();
    }
    int signs = signs(text.text());
    if (signs == 0) {
      return List.of();
    }
    var found = new ArrayList<NormalizedText>(2);
    decode(text, signs, 1, found);
    if ((signs & SIGN_LEET) != 0) {
      Spellings.leet(text).ifPresent(found::add);
    }
    if ((signs & SIGN_SPACED) != 0) {
      Spellings.spaced(text).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  private static void decode(
      NormalizedText text, int signs, int depth, List<NormalizedText> found) {
    int first = found.size();
    if ((signs & SIGN_ESCAPE) != 0) {
      EscapedText.of(text).ifPresent(found::add);
    }
    if ((signs & SIGN_RUN) != 0) {
      found.addAll(EncodedRuns.of(text));
    }
    int last = found.size();
    for (int i = first; i < last && depth < DEPTH; i++) {
      decode(found.get(i), signs(found.get(i).text()), depth + 1, found);
    }
  }

  /** The signs in one pass: what each of them costs to follow up is paid only where it shows. */
  private static int signs(String text) {
    int signs = 0;
    int run = 0;
    int singles = 0;
    int leet = 0;
    byte before = OTHER;
    byte last = OTHER;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      byte now = c < 128 ? CLASS[c] : OTHER;
      if (now == LETTER) {
        run++;
        if (before == LETTER && (last == DIGIT || last == LEET)) {
          leet++;
        }
      } else if (now == DIGIT || now == JOINED) {
        run++;
        singles = now == DIGIT ? 0 : singles(singles, before, last);
      } else {
        run = 0;
        singles = singles(singles, before, last);
        if (now == ESCAPE) {
          signs |= SIGN_ESCAPE;
        }
      }
      if (run == SHORTEST_RUN) {
        signs |= SIGN_RUN;
      }
      if (singles == 4) {
        signs |= SIGN_SPACED;
      }
      before = last;
      last = now;
    }
    return leet > 1 ? signs | SIGN_LEET : signs;
  }

  /** Single letters in a row, counted where a separator follows one. */
  private static int singles(int singles, byte before, byte last) {
    if (last == LETTER) {
      return before == LETTER ? 0 : singles + 1;
    }
    return singles;
  }

  private static byte[] classes() {
    var classes = new byte[128];
    for (char c = 'a'; c <= 'z'; c++) {
      classes[c] = LETTER;
      classes[c - 32] = LETTER;
    }
    for (char c = '0'; c <= '9'; c++) {
      classes[c] = DIGIT;
    }
    for (char c : new char[] {'@', '$', '!', '|'}) {
      classes[c] = LEET;
    }
    for (char c : new char[] {'%', '&', '\\'}) {
      classes[c] = ESCAPE;
    }
    for (char c : new char[] {'+', '/', '-', '_', '='}) {
      classes[c] = JOINED;
    }
    return classes;
  }
}
