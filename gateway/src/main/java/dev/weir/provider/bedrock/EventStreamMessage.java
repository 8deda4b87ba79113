package dev.weir.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.UpstreamFailures;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * One message of an AWS event stream, its checksums known to hold. Immutable.
 *
 * @param headers those that are texts, by name
 * @param from where the payload begins in the frame
 * @param to where it ends
 */
record EventStreamMessage(Map<String, String> headers, byte[] frame, int from, int to) {
  EventStreamMessage {
    headers = Map.copyOf(headers);
  }

  /**
   * @throws dev.weir.protocol.GatewayException UPSTREAM_INVALID_RESPONSE for headers that cannot be read
   */
  static EventStreamMessage read(byte[] frame) {
    int length = ByteBuffer.wrap(frame).getInt(4);
    int from = EventStreamSplitter.PRELUDE + length;
    try {
      var headers = headers(ByteBuffer.wrap(frame, EventStreamSplitter.PRELUDE, length));
      return new EventStreamMessage(
          headers, frame, from, frame.length - EventStreamSplitter.CHECKSUM);
    } catch (BufferUnderflowException | IllegalArgumentException broken) {
      throw UpstreamFailures.invalidAnswer().detail("headers of a message cannot be read");
    }
  }

  private static Map<String, String> headers(ByteBuffer bytes) {
    var headers = new HashMap<String, String>();
    while (bytes.hasRemaining()) {
      var name = text(bytes, bytes.get() & 0xff);
      switch (bytes.get()) {
        case 0, 1 -> {}
        case 2 -> skip(bytes, 1);
        case 3 -> skip(bytes, 2);
        case 4 -> skip(bytes, 4);
        case 5, 8 -> skip(bytes, 8);
        case 6 -> skip(bytes, bytes.getShort() & 0xffff);
        case 7 -> headers.put(name, text(bytes, bytes.getShort() & 0xffff));
        case 9 -> skip(bytes, 16);
        default -> throw new IllegalArgumentException("an unknown type of header");
      }
    }
    return headers;
  }

  private static String text(ByteBuffer bytes, int length) {
    var text = new byte[length];
    bytes.get(text);
    return new String(text, UTF_8);
  }

  private static void skip(ByteBuffer bytes, int length) {
    bytes.position(bytes.position() + length);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
