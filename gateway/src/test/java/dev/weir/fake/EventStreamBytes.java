package dev.weir.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Writes messages as AWS event streams carry them. Stateless. */
public final class EventStreamBytes {
  private EventStreamBytes() {}

  /** A text of server-sent events, each as a message: its name is the event's type. */
  public static byte[] of(String events) {
    var bytes = new ByteArrayOutputStream();
    for (var event : events.split("\n\n", -1)) {
      if (!event.isBlank()) {
        var lines = event.split("\n", 2);
        bytes.writeBytes(message(
            "event",
            ":event-type",
            lines[0].substring("event: ".length()),
            lines[1].substring("data: ".length())));
      }
    }
    return bytes.toByteArray();
  }

  /** An exception in the place of an event. */
  public static byte[] exception(String type, String payload) {
    return message("exception", ":exception-type", type, payload);
  }

  private static byte[] message(String kind, String typeHeader, String type, String payload) {
    var headers = new ByteArrayOutputStream();
    header(headers, typeHeader, type);
    header(headers, ":content-type", "application/json");
    header(headers, ":message-type", kind);
    var body = payload.getBytes(UTF_8);
    var message = ByteBuffer.allocate(16 + headers.size() + body.length);
    message.putInt(message.capacity()).putInt(headers.size());
    message.putInt(crc(message.array(), 8));
    message.put(headers.toByteArray()).put(body);
    message.putInt(crc(message.array(), message.position()));
    return message.array();
  }

  private static void header(ByteArrayOutputStream out, String name, String value) {
    out.write(name.length());
    out.writeBytes(name.getBytes(UTF_8));
    out.write(7);
    out.write(value.length() >> 8);
    out.write(value.length());
    out.writeBytes(value.getBytes(UTF_8));
  }

  private static int crc(byte[] bytes, int length) {
    var crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
