package dev.weir.protocol.json;

/** An open-addressing set over the keys of one object with many; see {@link KeyCheck}. */
final class KeyTable {
  private final KeyCheck keys;

  /** A key's number plus one; 0 where free. */
  private int[] slots = new int[128];

  private long[] hashes = new long[128];
  private int count;

  KeyTable(KeyCheck keys) {
    this.keys = keys;
  }

  /** False when an equal key is there already. */
  boolean add(int key) {
    if (2 * count >= slots.length) {
      grow();
    }
    long hash = keys.hash(key);
    int slot = (int) hash & (slots.length - 1);
    while (slots[slot] != 0) {
      if (hashes[slot] == hash && keys.same(slots[slot] - 1, key)) {
        return false;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = key + 1;
    hashes[slot] = hash;
    count++;
    return true;
  }

  private void grow() {
    int[] oldSlots = slots;
    long[] oldHashes = hashes;
    slots = new int[4 * oldSlots.length];
    hashes = new long[slots.length];
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != 0) {
        int slot = (int) oldHashes[i] & (slots.length - 1);
        while (slots[slot] != 0) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = oldSlots[i];
        hashes[slot] = oldHashes[i];
      }
    }
  }
}
