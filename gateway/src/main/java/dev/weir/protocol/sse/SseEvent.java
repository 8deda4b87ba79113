package dev.weir.protocol.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One event as a frame carries it: its data and its name. Immutable as long as nobody writes to the frame.
 *
 * <p>Source: WHATWG HTML, "Server-sent events", 9.2.6 (read 2026-11-24).
 */
public final class SseEvent {
  private static final byte[] DATA = ascii("data: ");
  private static final byte[] EVENT = ascii("event: ");

  private final byte[] frame;

  /** Where the data lies: the frame, or an array of its own when it was sent on several lines. */
  private byte[] source;

  private int dataStart;
  private int dataEnd;
  private int dataLines;
  private int nameStart;
  private int nameEnd;

  private SseEvent(byte[] frame) {
    this.frame = frame;
    this.source = frame;
  }

  /** Reads a frame of {@link EventSplitter}. */
  public static SseEvent read(byte[] frame) {
    var event = new SseEvent(frame);
    int at = firstLine(frame);
    while (at < frame.length) {
      int end = lineEnd(frame, at);
      event.line(at, end);
      at = nextLine(frame, end);
    }
    return event;
  }

  /** An event of this data, without a name: {@code data: …} for each of its lines, and the blank line. */
  public static byte[] write(byte[] data) {
    var out = new ByteArrayOutputStream(data.length + 16);
    writeData(data, new byte[] {'\n'}, out);
    out.write('\n');
    return out.toByteArray();
  }

  /** The same under a name. */
  public static byte[] write(String name, byte[] data) {
    var out = new ByteArrayOutputStream(data.length + name.length() + 32);
    out.writeBytes(EVENT);
    out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
    out.writeBytes(write(data));
    return out.toByteArray();
  }

  /** Whether there is any data: without, a client hears nothing of it (comments, {@code retry:}, blank lines). */
  public boolean hasData() {
    return dataLines > 0;
  }

  /** Whether the data lies in the frame itself, on one line. */
  public boolean inFrame() {
    return dataLines == 1;
  }

  /** The event's name; empty when it has none. */
  public String name() {
    return new String(frame, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
  }

  /** The array that holds the data between {@link #dataStart} and {@link #dataEnd}; not to be written to. */
  public byte[] source() {
    return source;
  }

  public int dataStart() {
    return dataStart;
  }

  public int dataEnd() {
    return dataEnd;
  }

  /** A copy of the data: its lines joined by LF. */
  public byte[] data() {
    return Arrays.copyOfRange(source, dataStart, dataEnd);
  }

  /** Whether the data starts with this ASCII text. */
  public boolean dataStartsWith(String text) {
    if (dataEnd - dataStart < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (source[dataStart + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The frame with other data; all its other bytes stay as they are. */
  public byte[] withData(byte[] data) {
    var out = new ByteArrayOutputStream(frame.length + data.length);
    if (dataLines == 1) {
      out.write(frame, 0, dataStart);
      out.writeBytes(data);
      out.write(frame, dataEnd, frame.length - dataEnd);
      return out.toByteArray();
    }
    boolean written = false;
    int at = firstLine(frame);
    out.write(frame, 0, at);
    while (at < frame.length) {
      int end = lineEnd(frame, at);
      int next = nextLine(frame, end);
      if (valueStart(at, end, "data") < 0) {
        out.write(frame, at, next - at);
      } else if (!written) {
        writeData(data, Arrays.copyOfRange(frame, end, next), out);
        written = true;
      }
      at = next;
    }
    return out.toByteArray();
  }

  private void line(int start, int end) {
    int value = valueStart(start, end, "data");
    if (value >= 0) {
      addData(value, end);
      return;
    }
    value = valueStart(start, end, "event");
    if (value >= 0) {
      nameStart = value;
      nameEnd = end;
    }
  }

  private void addData(int start, int end) {
    if (dataLines++ == 0) {
      dataStart = start;
      dataEnd = end;
      return;
    }
    int size = dataEnd - dataStart;
    // grown by doubling, for a thousand lines must not cost a thousand copies
    if (dataLines == 2 || source.length < size + 1 + end - start) {
      var joined = new byte[2 * (size + 1 + end - start)];
      System.arraycopy(source, dataStart, joined, 0, size);
      source = joined;
      dataStart = 0;
    }
    source[size] = '\n';
    System.arraycopy(frame, start, source, size + 1, end - start);
    dataEnd = size + 1 + end - start;
  }

  /** Where a line's value starts when its field has this name; -1 when it has another. */
  private int valueStart(int start, int end, String field) {
    int colon = start + field.length();
    if (colon > end || (colon < end && frame[colon] != ':')) {
      return -1;
    }
    for (int i = 0; i < field.length(); i++) {
      if (frame[start + i] != field.charAt(i)) {
        return -1;
      }
    }
    int value = Math.min(colon + 1, end);
    return value < end && frame[value] == ' ' ? value + 1 : value;
  }

  private static int lineEnd(byte[] frame, int from) {
    int i = from;
    while (i < frame.length && frame[i] != '\n' && frame[i] != '\r') {
      i++;
    }
    return i;
  }

  private static int nextLine(byte[] frame, int end) {
    if (end + 1 < frame.length && frame[end] == '\r' && frame[end + 1] == '\n') {
      return end + 2;
    }
    return Math.min(end + 1, frame.length);
  }

  private static void writeData(byte[] data, byte[] ending, ByteArrayOutputStream out) {
    int at = 0;
    while (at <= data.length) {
      int end = lineEnd(data, at);
      out.writeBytes(DATA);
      out.write(data, at, end - at);
      out.writeBytes(ending);
      at = end == data.length ? end + 1 : nextLine(data, end);
    }
  }

  /** Behind the byte order mark that a stream may start with. */
  private static int firstLine(byte[] frame) {
    boolean bom = frame.length >= 3
        && frame[0] == (byte) 0xef
        && frame[1] == (byte) 0xbb
        && frame[2] == (byte) 0xbf;
    return bom ? 3 : 0;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
