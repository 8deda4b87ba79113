package dev.weir.telemetry;

import dev.weir.protocol.json.JsonWriter;
import java.math.BigDecimal;
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

  /** An amount, given in nano-dollars, written in dollars; negative: unknown. */
  static void dollars(JsonWriter json, String name, long nanos) {
    json.name(name);
    if (nanos < 0) {
      json.nullValue();
    } else {
      var amount = BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
      json.raw(amount.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** How long each stage took. */
  static void timings(JsonWriter json, RequestTrace trace) {
    json.name("timings_ms").object();
    for (var stage : Stage.values()) {
      millis(json, stage.label(), trace.spent(stage));
    }
    json.endObject();
  }

  /** A time, given in nanoseconds, written in milliseconds. */
  static void millis(JsonWriter json, String name, long nanos) {
    json.name(name).raw(Milliseconds.text(nanos).getBytes(StandardCharsets.US_ASCII));
  }
}
