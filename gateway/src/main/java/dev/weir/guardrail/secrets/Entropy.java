package dev.weir.guardrail.secrets;

/** How random a string looks. Stateless. */
final class Entropy {
  private Entropy() {}

  /** Shannon's entropy of the characters from one offset to another, in bits a character; 0 for an empty range. */
  static double of(String text, int from, int to) {
    var counts = new int[128];
    int length = to - from;
    for (int i = from; i < to; i++) {
      counts[text.charAt(i) & 127]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / length;
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
