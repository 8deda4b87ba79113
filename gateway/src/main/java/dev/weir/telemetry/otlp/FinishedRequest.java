package dev.weir.telemetry.otlp;

import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.RequestTrace;
import org.jspecify.annotations.Nullable;

/**
 * A request that has ended, with the times of its trace as those of a clock. Immutable, as is its trace by now.
 *
 * @param began nanoseconds since 1970
 * @param elapsed nanoseconds to its end
 */
record FinishedRequest(
    RequestTrace trace, int status, @Nullable GatewayException failure, long began, long elapsed) {
  /** The name of what went wrong; null when nothing did. */
  @Nullable
  String errorType() {
    if (failure != null) {
      return failure.code().code();
    }
    return status >= 500 ? Integer.toString(status) : null;
  }
}
