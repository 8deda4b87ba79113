package dev.weir.provider.bedrock;

import dev.weir.protocol.FrameSplitter;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.UpstreamFailures;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Cuts a stream of AWS event stream messages, each held against its two checksums. A message is: its length, its headers'
 * length, a CRC-32 of these two, headers, payload, a CRC-32 of all before; numbers are 32 bits, big-endian. Not thread-safe.
 */
final class EventStreamSplitter implements FrameSplitter {
  static final int PRELUDE = 12;
  static final int CHECKSUM = 4;
  private static final int MOST_BYTES = 8 << 20;

  private byte[] pending = new byte[512];
  private int size;

  @Override
  public void feed(byte[] chunk, Consumer<byte[]> frames) {
    append(chunk);
    int start = 0;
    while (size - start >= PRELUDE) {
      int length = length(start);
      if (size - start < length) {
        break;
      }
      check(start, length - CHECKSUM, "a message");
      frames.accept(Arrays.copyOfRange(pending, start, start + length));
      start += length;
    }
    size -= start;
    System.arraycopy(pending, start, pending, 0, size);
  }

  @Override
  public boolean remainder() {
    return size > 0;
  }

  private void append(byte[] chunk) {
    if (pending.length - size < chunk.length) {
      pending = Arrays.copyOf(pending, Math.max(2 * pending.length, size + chunk.length));
    }
    System.arraycopy(chunk, 0, pending, size, chunk.length);
    size += chunk.length;
  }

  private int length(int start) {
    check(start, PRELUDE - CHECKSUM, "a prelude");
    var prelude = ByteBuffer.wrap(pending, start, PRELUDE);
    int length = prelude.getInt();
    int headers = prelude.getInt();
    if (headers < 0 || length > MOST_BYTES || length - PRELUDE - CHECKSUM < headers) {
      throw invalid("a message of " + length + " bytes with " + headers + " of headers");
    }
    return length;
  }

  /** A checksum follows what it is of. */
  private void check(int start, int length, String what) {
    var crc = new CRC32();
    crc.update(pending, start, length);
    if ((int) crc.getValue() != ByteBuffer.wrap(pending).getInt(start + length)) {
      throw invalid("the checksum of " + what + " does not hold");
    }
  }

  private static GatewayException invalid(String detail) {
    return UpstreamFailures.invalidAnswer().detail(detail);
  }
}
