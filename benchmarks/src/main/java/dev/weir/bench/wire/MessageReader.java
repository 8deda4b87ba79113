package dev.weir.bench.wire;

import java.net.ProtocolException;
import java.util.Arrays;

/**
 * Cuts the bytes of one connection into HTTP/1.1 messages, requests or responses alike (RFC 9112). Not thread-safe.
 *
 * <p>Trusts its peer: it is for loopback between the harness and what it measures. A message with neither a length nor
 * chunks has no body.
 */
public final class MessageReader {
  private static final int MAX_HEAD = 64 << 10;
  private static final byte[] CONTENT_LENGTH = ascii("content-length:");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding:");

  /** Takes the parts of messages in their order. */
  public interface Sink {
    /** Start line and header fields with the blank line, in the first {@code length} bytes. */
    void head(byte[] head, int length);

    /** A piece of the body, without chunk framing. */
    void body(byte[] bytes, int from, int to);

    /** The message is complete. */
    void end();
  }

  private enum Part {
    HEAD,
    SIZED,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER
  }

  private final Sink sink;
  private byte[] head = new byte[1024];
  private int headLength;

  /** How much of the blank line's CR LF CR LF has been seen. */
  private int matched;

  private Part part = Part.HEAD;
  private long left;
  private boolean sizeEnded;
  private int trailerLine;

  public MessageReader(Sink sink) {
    this.sink = sink;
  }

  /**
   * Takes the next bytes.
   *
   * @throws ProtocolException when they are no HTTP/1.1
   */
  public void feed(byte[] in, int from, int to) throws ProtocolException {
    int at = from;
    while (at < to) {
      at = switch (part) {
        case HEAD -> head(in, at, to);
        case SIZED, CHUNK -> body(in, at, to);
        case CHUNK_SIZE -> chunkSize(in[at], at);
        case CHUNK_END -> chunkEnd(in[at], at);
        case TRAILER -> trailer(in[at], at);
      };
    }
  }

  /** Whether the connection may close here without cutting a message. */
  public boolean betweenMessages() {
    return part == Part.HEAD && headLength == 0;
  }

  private int head(byte[] in, int from, int to) throws ProtocolException {
    int at = from;
    while (at < to && matched < 4) {
      byte b = in[at++];
      if (b == '\r') {
        matched = matched == 2 ? 3 : 1;
      } else if (b == '\n' && (matched == 1 || matched == 3)) {
        matched++;
      } else {
        matched = 0;
      }
    }
    keep(in, from, at);
    if (matched == 4) {
      matched = 0;
      begin();
    }
    return at;
  }

  private void keep(byte[] in, int from, int to) throws ProtocolException {
    int length = headLength + to - from;
    if (length > MAX_HEAD) {
      throw new ProtocolException("a head of more than " + MAX_HEAD + " bytes");
    }
    if (length > head.length) {
      head = Arrays.copyOf(head, Math.max(length, head.length * 2));
    }
    System.arraycopy(in, from, head, headLength, to - from);
    headLength = length;
  }

  private void begin() throws ProtocolException {
    int length = headLength;
    headLength = 0;
    long size = 0;
    boolean chunked = false;
    for (int line = lineAfter(0, length); line < length; line = lineAfter(line, length)) {
      if (startsWith(line, length, CONTENT_LENGTH)) {
        size = number(line + CONTENT_LENGTH.length);
      } else if (startsWith(line, length, TRANSFER_ENCODING)) {
        chunked = true;
      }
    }
    sink.head(head, length);
    if (chunked) {
      part = Part.CHUNK_SIZE;
      left = 0;
    } else if (size > 0) {
      part = Part.SIZED;
      left = size;
    } else {
      sink.end();
    }
  }

  private int lineAfter(int from, int length) {
    int at = from;
    while (at < length && head[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  private boolean startsWith(int from, int length, byte[] name) {
    if (from + name.length > length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      byte b = head[from + i];
      if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private long number(int from) throws ProtocolException {
    int at = from;
    while (head[at] == ' ') {
      at++;
    }
    long value = 0;
    for (; head[at] != '\r' && head[at] != ' '; at++) {
      if (head[at] < '0' || head[at] > '9') {
        throw new ProtocolException("a length that is no number");
      }
      value = value * 10 + head[at] - '0';
    }
    return value;
  }

  private int body(byte[] in, int from, int to) {
    int end = (int) Math.min(to, from + left);
    left -= end - from;
    sink.body(in, from, end);
    if (left == 0) {
      if (part == Part.SIZED) {
        finish();
      } else {
        part = Part.CHUNK_END;
      }
    }
    return end;
  }

  private int chunkSize(byte b, int at) throws ProtocolException {
    int digit = Character.digit(b, 16);
    if (b == '\n') {
      sizeEnded = false;
      trailerLine = 0;
      part = left == 0 ? Part.TRAILER : Part.CHUNK;
    } else if (b == ';' || b == '\r') {
      sizeEnded = true;
    } else if (!sizeEnded) {
      if (digit < 0) {
        throw new ProtocolException("a chunk size that is no number");
      }
      left = left * 16 + digit;
    }
    return at + 1;
  }

  private int chunkEnd(byte b, int at) {
    if (b == '\n') {
      part = Part.CHUNK_SIZE;
    }
    return at + 1;
  }

  private int trailer(byte b, int at) {
    if (b == '\n') {
      if (trailerLine == 0) {
        finish();
      }
      trailerLine = 0;
    } else if (b != '\r') {
      trailerLine++;
    }
    return at + 1;
  }

  private void finish() {
    part = Part.HEAD;
    sink.end();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
