package dev.weir.bench.mock;

import dev.weir.bench.wire.SendTime;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Answers made once: OpenAI's shape, as bytes with their HTTP framing. Not thread-safe: a frame is stamped in place. */
final class Canned {
  private static final String CHUNK_OPEN =
      "{\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,"
          + "\"model\":\"mock\",\"choices\":[";

  final byte[] streamHead = bytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
      + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n");
  final byte[] failure = whole("500 Internal Server Error", "{\"error\":{\"message\":\"asked\"}}");
  final byte[] models = whole("200 OK", "{\"object\":\"list\",\"data\":[]}");
  final byte[] frame = chunk(CHUNK_OPEN + "{\"index\":0,\"delta\":{\"content\":\"~"
      + "0".repeat(SendTime.LENGTH - 1) + "\"},\"finish_reason\":null}]}");
  final byte[] finish =
      chunk(CHUNK_OPEN + "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
  final byte[] usage = chunk(CHUNK_OPEN + "],\"usage\":{\"prompt_tokens\":100,"
      + "\"completion_tokens\":200,\"total_tokens\":300}}");
  final byte[] done = bytes(new String(chunk("[DONE]"), StandardCharsets.US_ASCII) + "0\r\n\r\n");

  private final int stampOffset = indexOf(frame, (byte) '~');
  private int wholeSize = -1;
  private byte[] whole = {};

  /** The frame with the time of now. */
  byte[] stampedFrame() {
    SendTime.write(frame, stampOffset, System.nanoTime());
    return frame;
  }

  /** An answer whose body has this many bytes, or the fewest possible when that is too few. */
  byte[] answer(int size) {
    if (size != wholeSize) {
      var open = "{\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion\",\"created\":1760000000,"
          + "\"model\":\"mock\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
          + "\"content\":\"";
      var close = "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":100,"
          + "\"completion_tokens\":100,\"total_tokens\":200}}";
      var words = "The river is wide and slow here. ".repeat(size / 33 + 1);
      var text = words.substring(0, Math.max(0, size - open.length() - close.length()));
      whole = whole("200 OK", open + text + close);
      wholeSize = size;
    }
    return whole;
  }

  private static byte[] whole(String status, String body) {
    return bytes("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length() + "\r\n\r\n" + body);
  }

  private static byte[] chunk(String document) {
    var event = "data: " + document + "\n\n";
    return bytes(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw new IllegalStateException("no mark in " + Arrays.toString(bytes));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
