package dev.weir.guardrail.names;

/**
 * What speaks for a word being part of a name, as hashed features: the word, its shape, beginning and end, the lists it is
 * on, and the same of the two words on either side. Nothing else of the text counts. Stateless.
 *
 * <p>The trainer reads through this class too: a change here asks for new weights.
 */
public final class NameFeatures {
  /** Features are numbers below 2 to this power. */
  public static final int BITS = 17;

  /** How many words on either side count. */
  public static final int REACH = 2;

  /** How many features each word has. */
  public static final int COUNT = 29;

  private static final long MIX = 0xD6E8FEB86659FD93L;

  private NameFeatures() {}

  /** Fills in the features of one word. */
  public static void read(NameTokens tokens, int token, int[] buckets) {
    int start = tokens.start(token);
    int end = tokens.end(token);
    var text = tokens.text();
    long word = tokens.hash(token);
    long before = tokens.hash(token - 1);
    long after = tokens.hash(token + 1);
    long shape =
        tokens.shape(token) + 8L * (tokens.shape(token - 1) + 8L * tokens.shape(token + 1));
    long own = tokens.shape(token);
    long lists = tokens.lists(token);
    long gaps = tokens.gap(token) + 8L * tokens.gap(token + 1);
    long left = tokens.lists(token - 1) * 8L + tokens.shape(token - 1);
    long right = tokens.lists(token + 1) * 8L + tokens.shape(token + 1);
    int at = 0;
    buckets[at++] = bucket(at, 0);
    buckets[at++] = bucket(at, word);
    buckets[at++] = bucket(at, word * 8 + own);
    buckets[at++] = bucket(at, own);
    buckets[at++] = bucket(at, lists);
    buckets[at++] = bucket(at, lists * 8 + own);
    buckets[at++] = bucket(at, NameTokens.hash(text, start, Math.min(end, start + 2)));
    buckets[at++] = bucket(at, NameTokens.hash(text, start, Math.min(end, start + 3)));
    buckets[at++] = bucket(at, NameTokens.hash(text, Math.max(start, end - 2), end) * 8 + own);
    buckets[at++] = bucket(at, NameTokens.hash(text, Math.max(start, end - 3), end) * 8 + own);
    buckets[at++] = bucket(at, NameTokens.hash(text, Math.max(start, end - 4), end));
    buckets[at++] = bucket(at, before);
    buckets[at++] = bucket(at, after);
    buckets[at++] = bucket(at, tokens.hash(token - 2));
    buckets[at++] = bucket(at, tokens.hash(token + 2));
    buckets[at++] = bucket(at, before * 64 + own * 8 + tokens.gap(token));
    buckets[at++] = bucket(at, after * 64 + own * 8 + tokens.gap(token + 1));
    buckets[at++] = bucket(at, (tokens.hash(token - 2) * 31 + before) * 8 + own);
    buckets[at++] = bucket(at, (after * 31 + tokens.hash(token + 2)) * 8 + own);
    buckets[at++] = bucket(at, gaps * 8 + own);
    buckets[at++] = bucket(at, left);
    buckets[at++] = bucket(at, right);
    buckets[at++] = bucket(at, (left * 1024 + lists * 8 + own) * 1024 + right);
    buckets[at++] = bucket(at, (left * 1024 + lists * 8 + own) * 64 + gaps);
    buckets[at++] = bucket(at, (right * 1024 + lists * 8 + own) * 64 + gaps);
    buckets[at++] = bucket(at, (before * 128 + lists) * 8 + own);
    buckets[at++] = bucket(at, (after * 128 + lists) * 8 + own);
    buckets[at++] = bucket(at, shape * 64 + gaps);
    buckets[at] = bucket(at + 1, tokens.lists(token - 2) * 128L + tokens.lists(token + 2));
  }

  private static int bucket(int template, long value) {
    long mixed = (value + template * 0x9E3779B97F4A7C15L) * MIX;
    mixed ^= mixed >>> 32;
    return (int) ((mixed * MIX) >>> (Long.SIZE - BITS));
  }
}
