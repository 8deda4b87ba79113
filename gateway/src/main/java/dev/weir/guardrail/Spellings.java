package dev.weir.guardrail;

import dev.weir.guardrail.NormalizedText.View;
import java.util.Optional;

/** Undoes ways of spelling that people read past: figures for letters, letters set apart. Stateless. */
final class Spellings {
  private static final String FIGURES = "013457@$!|";
  private static final String LETTERS = "oieastasil";

  /** Longest word that is taken for one written in figures: longer ones are keys and numbers. */
  private static final int LONGEST_WORD = 24;

  private Spellings() {}

  /** The text with figures in words as letters; empty when no word has any. */
  static Optional<NormalizedText> leet(NormalizedText text) {
    var chars = text.text().toCharArray();
    boolean changed = false;
    int i = 0;
    while (i < chars.length) {
      int start = i;
      int letters = 0;
      int figures = 0;
      while (i < chars.length && (letter(chars[i]) || figure(chars[i]) >= 0)) {
        letters += letter(chars[i]) ? 1 : 0;
        figures += letter(chars[i]) ? 0 : 1;
        i++;
      }
      if (letters > 0 && figures > 0 && i - start <= LONGEST_WORD) {
        changed = true;
        respell(chars, start, i);
      }
      if (i == start) {
        i++;
      }
    }
    return changed ? Optional.of(same(text, new String(chars))) : Optional.empty();
  }

  private static void respell(char[] chars, int start, int end) {
    for (int i = start; i < end; i++) {
      int figure = figure(chars[i]);
      boolean closing = chars[i] == '!' && i == end - 1;
      if (figure >= 0 && !closing) {
        chars[i] = LETTERS.charAt(figure);
      }
    }
  }

  private static NormalizedText same(NormalizedText text, String spelled) {
    int length = spelled.length();
    var starts = new int[length];
    var ends = new int[length];
    for (int i = 0; i < length; i++) {
      starts[i] = text.originalStart(i);
      ends[i] = text.originalEnd(i + 1);
    }
    return new NormalizedText(text.original(), spelled, starts, ends, View.LEET);
  }

  /** The text with runs of single letters closed up; two or more separators in a row part words. */
  static Optional<NormalizedText> spaced(NormalizedText text) {
    var plain = text.text();
    var out = new TextBuilder(plain.length());
    boolean changed = false;
    int i = 0;
    while (i < plain.length()) {
      int end = runEnd(plain, i);
      if (end > i) {
        changed = true;
        for (int j = i; j < end; j++) {
          if (anyLetter(plain.charAt(j))) {
            out.add(plain.charAt(j), text.originalStart(j), text.originalEnd(j + 1));
          }
        }
        i = end;
      } else {
        out.add(plain.charAt(i), text.originalStart(i), text.originalEnd(i + 1));
        i++;
      }
    }
    return changed
        ? Optional.of(
            new NormalizedText(text.original(), out.text(), out.starts(), out.ends(), View.SPACED))
        : Optional.empty();
  }

  /** The end of a run of at least two single letters that starts here; the start when there is none. */
  private static int runEnd(String text, int start) {
    if (!anyLetter(text.charAt(start)) || (start > 0 && anyLetter(text.charAt(start - 1)))) {
      return start;
    }
    int i = start;
    int letters = 1;
    while (i + 2 < text.length()
        && separator(text.charAt(i + 1))
        && anyLetter(text.charAt(i + 2))
        && (i + 3 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 3)))) {
      i += 2;
      letters++;
    }
    return letters >= 2 ? i + 1 : start;
  }

  private static boolean separator(char c) {
    return c == ' ' || c == '.' || c == '-' || c == '_' || c == '*' || c == '\t' || c == '/'
        || c == '|';
  }

  private static boolean letter(char c) {
    return (c | 32) >= 'a' && (c | 32) <= 'z';
  }

  private static boolean anyLetter(char c) {
    return letter(c) || (c >= 128 && Character.isLetter(c));
  }

  private static int figure(char c) {
    return FIGURES.indexOf(c);
  }
}
