package dev.weir.guardrail.names;

import dev.weir.guardrail.WeightsFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What the tagger learned: four signed bytes a feature, one for each {@link NameKind}, and what one step of a byte is worth.
 * The file ends with the SHA-256 of all before. Immutable.
 */
public final class NameWeights {
  private static final int MAGIC = 0x57454E41;
  private static final int HEAD = 12;
  private static final int ROWS = 1 << NameFeatures.BITS;
  private static final int LENGTH = HEAD + ROWS * Integer.BYTES;
  private static final String WHAT = "for names";

  private final int[] table;
  private final float unit;

  private NameWeights(int[] table, float unit) {
    this.table = table;
    this.unit = unit;
  }

  /** From a trainer's hands: for each feature four signed bytes, the kind's number from the low end. */
  public static NameWeights of(int[] table, float unit) {
    if (table.length != ROWS) {
      throw new IllegalArgumentException("weights of another shape");
    }
    return new NameWeights(table.clone(), unit);
  }

  /**
   * The weights that come with this build.
   *
   * @throws IllegalStateException when they are damaged: the jar is not what was built
   */
  public static NameWeights shipped() {
    return read(WeightsFile.shipped(NameWeights.class, "names.bin", WHAT));
  }

  /**
   * Reads what {@link #bytes()} wrote.
   *
   * @throws IllegalStateException when the digest does not fit, or the shape is another version's
   */
  public static NameWeights read(byte[] file) {
    if (WeightsFile.contentLength(file, WHAT) != LENGTH) {
      throw WeightsFile.damaged(WHAT);
    }
    var in = ByteBuffer.wrap(file);
    if (in.getInt() != MAGIC || in.getInt() != NameFeatures.BITS) {
      throw new IllegalStateException("the weights for names are of another version");
    }
    float unit = in.getFloat();
    var table = new int[ROWS];
    in.asIntBuffer().get(table);
    return new NameWeights(table, unit);
  }

  /** As a file. */
  public byte[] bytes() {
    var out = ByteBuffer.allocate(LENGTH);
    out.putInt(MAGIC).putInt(NameFeatures.BITS).putFloat(unit);
    for (int row : table) {
      out.putInt(row);
    }
    return WeightsFile.of(out.array());
  }

  /** SHA-256 in hexadecimal digits: the name by which a model card knows these weights. */
  public String digest() {
    var file = bytes();
    return HexFormat.of().formatHex(file, LENGTH, file.length);
  }

  /** How sure it is of each kind, together 1, for a word with these features. */
  void score(int[] buckets, double[] scores) {
    int other = 0;
    int person = 0;
    int location = 0;
    int organization = 0;
    for (int bucket : buckets) {
      int row = table[bucket];
      other += (byte) row;
      person += (byte) (row >> 8);
      location += (byte) (row >> 16);
      organization += row >> 24;
    }
    scores[0] = other;
    scores[1] = person;
    scores[2] = location;
    scores[3] = organization;
    softmax(scores, unit);
  }

  /** Turns sums into shares of one. */
  public static void softmax(double[] sums, double unit) {
    double most = Arrays.stream(sums).max().orElse(0);
    double all = 0;
    for (int i = 0; i < sums.length; i++) {
      sums[i] = StrictMath.exp((sums[i] - most) * unit);
      all += sums[i];
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= all;
    }
  }
}
