package dev.weir.telemetry;

import dev.weir.protocol.json.JsonWriter;

/** A decision that can say how it was come to. Immutable; holds nothing of a request's text. */
public interface Explanation {
  /** Writes one JSON value. */
  void write(JsonWriter json);
}
