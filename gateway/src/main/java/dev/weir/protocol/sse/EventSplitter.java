package dev.weir.protocol.sse;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.FrameSplitter;
import dev.weir.protocol.GatewayException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into server-sent events, wherever the network cut it before.
 *
 * <p>A frame is all bytes up to and including a blank line, as they came; lines end in LF, CRLF or CR, mixed as the sender
 * likes. The frames put together are the stream. Not thread-safe: one stream. Source: WHATWG HTML, "Server-sent events",
 * 9.2.5 and 9.2.6 (read 2026-11-24).
 */
public final class EventSplitter implements FrameSplitter {
  /** The largest event that is accepted unless said otherwise, in bytes: 8 MiB. */
  public static final int MAX_EVENT_BYTES = 8 << 20;

  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** How a line ended. */
  private enum Ending {
    NONE,
    LF,
    CR,
    CRLF
  }

  private final int maxEventBytes;

  /** The unfinished event's bytes from chunks that are gone. */
  private byte[] pending = {};

  private int pendingSize;

  /** Whether the line under way has no bytes yet; a byte order mark at the start of the stream counts for none. */
  private boolean blank = true;

  private Ending previous = Ending.NONE;

  /** The last byte was a line's CR: a LF now belongs to it. */
  private boolean afterCr;

  /** The last byte was a blank line's CR, and by the lines before it a LF is to be expected. */
  private boolean held;

  /** How many bytes of a byte order mark the stream started with; more than three once that is settled. */
  private int bom;

  public EventSplitter() {
    this(MAX_EVENT_BYTES);
  }

  /** A splitter that refuses events of more bytes than this. */
  public EventSplitter(int maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
  }

  /**
   * Takes the next bytes of the stream and hands over each event that they complete.
   *
   * @param chunk belongs to the splitter from now on; handed over itself when it is exactly one event
   * @throws GatewayException UPSTREAM_INVALID_RESPONSE when an event is too large; the splitter is of no use after it, nor
   *     after an exception of the consumer
   */
  @Override
  public void feed(byte[] chunk, Consumer<byte[]> frames) {
    int start = 0;
    int i = 0;
    while (i < chunk.length) {
      byte b = chunk[i];
      if (held) {
        held = false;
        int end = b == '\n' ? i + 1 : i;
        previous = b == '\n' ? Ending.CRLF : Ending.CR;
        frames.accept(cut(chunk, start, end));
        start = end;
        if (b == '\n') {
          i++;
          continue;
        }
      } else if (afterCr) {
        afterCr = false;
        previous = b == '\n' ? Ending.CRLF : Ending.CR;
        if (b == '\n') {
          i++;
          continue;
        }
      }
      if (b != '\n' && b != '\r') {
        i = lineRest(chunk, i);
        continue;
      }
      i++;
      if (endsEvent(b)) {
        frames.accept(cut(chunk, start, i));
        start = i;
      }
    }
    keep(chunk, start);
  }

  /** Whether bytes of an event that never ended are left: at the end of a stream, the sign of a cut. */
  @Override
  public boolean remainder() {
    // a lone LF is the second half of a CRLF whose event went out at the CR
    return pendingSize > 1 || (pendingSize == 1 && pending[0] != '\n');
  }

  /** A line has ended by this byte: whether an event has, too. */
  private boolean endsEvent(byte b) {
    boolean wasBlank = blank;
    blank = true;
    bom = BOM.length + 1;
    if (b == '\n') {
      previous = Ending.LF;
      return wasBlank;
    }
    if (wasBlank && previous != Ending.CR) {
      held = true;
      return false;
    }
    // where lines end in CR alone, waiting for a LF would hold each event back until the next one
    afterCr = true;
    return wasBlank;
  }

  /** Passes the bytes of a line up to its end or the chunk's. */
  private int lineRest(byte[] chunk, int from) {
    blank = false;
    int i = from;
    while (bom <= BOM.length && i < chunk.length) {
      if (bom < BOM.length && chunk[i] == BOM[bom]) {
        i++;
        bom++;
        blank = bom == BOM.length;
      } else {
        bom = BOM.length + 1;
      }
      if (blank) {
        bom = BOM.length + 1;
        return i;
      }
    }
    while (i < chunk.length && chunk[i] != '\n' && chunk[i] != '\r') {
      i++;
    }
    return i;
  }

  private byte[] cut(byte[] chunk, int start, int end) {
    check(pendingSize + (long) end - start);
    if (pendingSize == 0) {
      return start == 0 && end == chunk.length ? chunk : Arrays.copyOfRange(chunk, start, end);
    }
    byte[] frame = Arrays.copyOf(pending, pendingSize + end - start);
    System.arraycopy(chunk, start, frame, pendingSize, end - start);
    pendingSize = 0;
    return frame;
  }

  private void keep(byte[] chunk, int start) {
    int more = chunk.length - start;
    check(pendingSize + (long) more);
    if (pendingSize + more > pending.length) {
      pending = Arrays.copyOf(pending, Math.max(2 * pending.length, pendingSize + more));
    }
    System.arraycopy(chunk, start, pending, pendingSize, more);
    pendingSize += more;
  }

  private void check(long size) {
    if (size > maxEventBytes) {
      throw GatewayException.of(
              ErrorCode.UPSTREAM_INVALID_RESPONSE, "The provider sent an event that is too large.")
          .detail("an event of more than " + maxEventBytes + " bytes");
    }
  }
}
