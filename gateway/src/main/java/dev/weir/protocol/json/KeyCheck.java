package dev.weir.protocol.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of all objects that are open at one point of a document, and whether a new one is there already.
 *
 * <p>Keys are compared after unescaping. A few keys are compared one by one; from {@link #FEW} on they go into a table
 * whose hash has a secret key, so that no document can be written to collide. Not thread-safe; one document.
 */
final class KeyCheck {
  private static final int FEW = 24;

  private final byte[] in;

  /** Unescaped names, one after the other; a key that lies here has the complement of its offset as its start. */
  private byte[] unescaped = new byte[0];

  private int unescapedTop;

  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int[] prints = new int[16];
  private int top;

  private int[] bases = new int[8];
  private int[] unescapedBases = new int[8];
  private @Nullable KeyTable[] tables = new KeyTable[8];
  private int depth = -1;

  KeyCheck(byte[] in) {
    this.in = in;
  }

  void open() {
    if (++depth == bases.length) {
      bases = Arrays.copyOf(bases, 2 * depth);
      unescapedBases = Arrays.copyOf(unescapedBases, 2 * depth);
      tables = Arrays.copyOf(tables, 2 * depth);
    }
    bases[depth] = top;
    unescapedBases[depth] = unescapedTop;
    tables[depth] = null;
  }

  void close() {
    top = bases[depth];
    unescapedTop = unescapedBases[depth];
    depth--;
  }

  /** Adds a name of the innermost object; false when it is there already. */
  boolean add(int from, int to, boolean escaped) {
    if (top == starts.length) {
      grow();
    }
    int key = top++;
    if (escaped) {
      unescape(from, to, key);
    } else {
      starts[key] = from;
      ends[key] = to;
    }
    prints[key] = print(key);
    int base = bases[depth];
    return key - base < FEW ? isNew(base, key) : addToTable(base, key);
  }

  private boolean isNew(int base, int key) {
    int print = prints[key];
    for (int i = base; i < key; i++) {
      if (prints[i] == print && same(i, key)) {
        return false;
      }
    }
    return true;
  }

  private boolean addToTable(int base, int key) {
    var table = tables[depth];
    if (table == null) {
      table = new KeyTable(this);
      tables[depth] = table;
      for (int i = base; i < key; i++) {
        var _ = table.add(i);
      }
    }
    return table.add(key);
  }

  boolean same(int a, int b) {
    return Arrays.equals(source(a), offset(a), ends[a], source(b), offset(b), ends[b]);
  }

  long hash(int key) {
    return SipHash.hash(source(key), offset(key), ends[key]);
  }

  private byte[] source(int key) {
    return starts[key] < 0 ? unescaped : in;
  }

  private int offset(int key) {
    return starts[key] < 0 ? ~starts[key] : starts[key];
  }

  /** A cheap first look: collisions cost a comparison, and only among few keys. */
  private int print(int key) {
    byte[] source = source(key);
    int start = offset(key);
    int end = ends[key];
    int print = end - start;
    for (int i = start; i < Math.min(end, start + 8); i++) {
      print = 31 * print + source[i];
    }
    return end > start ? 31 * print + source[end - 1] : print;
  }

  private void unescape(int from, int to, int key) {
    if (unescaped.length - unescapedTop < to - from) {
      unescaped = Arrays.copyOf(unescaped, Math.max(64, 2 * unescaped.length + to - from));
    }
    starts[key] = ~unescapedTop;
    unescapedTop = Escapes.unescape(in, from, to, unescaped, unescapedTop);
    ends[key] = unescapedTop;
  }

  private void grow() {
    starts = Arrays.copyOf(starts, 2 * top);
    ends = Arrays.copyOf(ends, 2 * top);
    prints = Arrays.copyOf(prints, 2 * top);
  }
}
