package dev.weir.guardrail.learned;

import dev.weir.guardrail.WeightsFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * What was learned: for each feature one byte per {@link Head}, and for each head how its bytes become a score. The
 * file ends with the SHA-256 of all before. Immutable.
 */
public final class Weights {
  /**
   * How a head's sum becomes a number that is positive where the default threshold is passed.
   *
   * @param unit what one step of a byte is worth
   * @param alone taken off for a text that is no longer than a short window; the other three are taken off for the
   *     windows of a longer one
   */
  public record Scale(
      float unit, float bias, float alone, float shortWindow, float middleWindow, float whole) {}

  private static final int MAGIC = 0x57454952;
  private static final int VERSION = 1;
  private static final String WHAT = "of the guardrails";

  private final long[] table;
  private final Scale[] scales;
  private final String digest;

  private Weights(long[] table, Scale[] scales, String digest) {
    this.table = table;
    this.scales = scales;
    this.digest = digest;
  }

  /**
   * From a trainer's hands.
   *
   * @param table for each feature eight bytes, the head's number from the low end, each 128 above its weight
   * @param scales for each head, in order
   */
  public static Weights of(long[] table, Scale[] scales) {
    if (table.length != 1 << Features.BITS || scales.length != Head.COUNT) {
      throw new IllegalArgumentException("weights of another shape");
    }
    var content = content(table, scales);
    return new Weights(
        table.clone(),
        scales.clone(),
        HexFormat.of().formatHex(WeightsFile.sha256(content, content.length)));
  }

  /**
   * The weights that come with this build.
   *
   * @throws IllegalStateException when they are damaged: the jar is not what was built
   */
  public static Weights shipped() {
    return read(WeightsFile.shipped(Weights.class, "weights.bin", WHAT));
  }

  /**
   * Reads what {@link #bytes()} wrote.
   *
   * @throws IllegalStateException when the digest does not fit, or the shape is another version's
   */
  public static Weights read(byte[] file) {
    int length = WeightsFile.contentLength(file, WHAT);
    try (var in = new DataInputStream(new ByteArrayInputStream(file, 0, length))) {
      return body(in, HexFormat.of().formatHex(file, length, file.length));
    } catch (IOException failure) {
      throw new IllegalStateException("the weights of the guardrails end too early", failure);
    }
  }

  private static Weights body(DataInputStream in, String digest) throws IOException {
    if (in.readInt() != MAGIC
        || in.readInt() != VERSION
        || in.readInt() != Features.BITS
        || in.readInt() != Head.COUNT) {
      throw new IllegalStateException("the weights of the guardrails are of another version");
    }
    var scales = new Scale[Head.COUNT];
    for (var head : Head.values()) {
      if (!in.readUTF().equals(head.id())) {
        throw new IllegalStateException("the weights of the guardrails answer other questions");
      }
      scales[head.ordinal()] = new Scale(
          in.readFloat(),
          in.readFloat(),
          in.readFloat(),
          in.readFloat(),
          in.readFloat(),
          in.readFloat());
    }
    var table = new long[1 << Features.BITS];
    ByteBuffer.wrap(in.readNBytes(table.length * Long.BYTES)).asLongBuffer().get(table);
    return new Weights(table, scales, digest);
  }

  /** As a file. */
  public byte[] bytes() {
    return WeightsFile.of(content(table, scales));
  }

  /** SHA-256 of the content in hexadecimal digits: the name by which a model card knows these weights. */
  public String digest() {
    return digest;
  }

  public Scale scale(Head head) {
    return scales[head.ordinal()];
  }

  /** One head's weight for a feature, as the trainer saw it, rounded to the head's unit. */
  public float weight(int bucket, Head head) {
    return ((int) ((table[bucket] >>> (8 * head.ordinal())) & 0xFF) - 128)
        * scale(head).unit();
  }

  /** Not to be written to: shared with the scorer for speed. */
  long[] table() {
    return table;
  }

  private static byte[] content(long[] table, Scale[] scales) {
    var bytes = new ByteArrayOutputStream(table.length * Long.BYTES + 1024);
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(Features.BITS);
      out.writeInt(Head.COUNT);
      for (var head : Head.values()) {
        var scale = scales[head.ordinal()];
        out.writeUTF(head.id());
        out.writeFloat(scale.unit());
        out.writeFloat(scale.bias());
        out.writeFloat(scale.alone());
        out.writeFloat(scale.shortWindow());
        out.writeFloat(scale.middleWindow());
        out.writeFloat(scale.whole());
      }
      for (long row : table) {
        out.writeLong(row);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }
}
