package dev.weir.routing;

/** A hash that is the same in every process and version: what sticks must stick on all instances. Stateless; hot path. */
final class StableHash {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private StableHash() {}

  /** FNV-1a over the characters, then mixed. Source: IETF draft-eastlake-fnv, read 2026-11-24. */
  static long of(String text) {
    var hash = FNV_OFFSET;
    for (var i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /** Spreads every bit over all others: the finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  static long mix(long bits) {
    var mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  /** The bits as a number above 0 and up to 1. */
  static double fraction(long bits) {
    return ((bits >>> 11) + 1) * 0x1p-53;
  }
}
