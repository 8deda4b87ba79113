package dev.weir.guardrail.scan;

/**
 * Where an answer is judged as a whole while it grows: at the end of a sentence once enough is new, and at the latest after
 * {@link #MOST} characters. Depends on the text alone, never on how it was cut. Not thread-safe: one text.
 */
public final class Checkpoints {
  /** How far back each judgement looks, in UTF-16 units. */
  public static final int WINDOW = 1024;

  /** Most new characters before a judgement. */
  public static final int MOST = 256;

  /** Fewest new characters before a sentence's end is one. */
  private static final int FEWEST = 192;

  private int sinceLast;

  /** Whether the text up to and with this character is to be judged. */
  public boolean after(char c) {
    sinceLast++;
    if (sinceLast >= MOST || (sinceLast >= FEWEST && ends(c))) {
      sinceLast = 0;
      return true;
    }
    return false;
  }

  /** Whether anything is new since the last judgement. */
  public boolean open() {
    return sinceLast > 0;
  }

  private static boolean ends(char c) {
    return c == '.' || c == '!' || c == '?' || c == '\n' || c == '。' || c == '！' || c == '？';
  }
}
