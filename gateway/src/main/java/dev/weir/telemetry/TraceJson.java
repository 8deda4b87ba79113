package dev.weir.telemetry;

import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Members of what is written about a request, in the log and in its record: what is unknown is null. Stateless. */
final class TraceJson {
  private TraceJson() {}

  static void text(JsonWriter json, String name, @Nullable String value) {
    json.name(name);
    if (value == null) {
      json.nullValue();
    } else {
      json.value(value);
    }
  }

  /** A count; negative: unknown. */
  static void count(JsonWriter json, String name, long value) {
    json.name(name);
    if (value < 0) {
      json.nullValue();
    } else {
      json.value(value);
    }
  }

  /** A time, given in nanoseconds, written in milliseconds. */
  static void millis(JsonWriter json, String name, long nanos) {
    json.name(name).raw(Milliseconds.text(nanos).getBytes(StandardCharsets.US_ASCII));
  }
}
