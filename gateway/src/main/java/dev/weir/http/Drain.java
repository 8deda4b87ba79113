package dev.weir.http;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a port is being closed, and the streams still open on it. Safe for many threads. */
final class Drain {
  private final Set<StreamRelay> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean begun;

  void begin() {
    begun = true;
  }

  boolean begun() {
    return begun;
  }

  void opened(StreamRelay stream) {
    streams.add(stream);
  }

  void closed(StreamRelay stream) {
    streams.remove(stream);
  }

  /** Ends each stream that is still open with an error event, so that no client takes it for whole. */
  void breakOff() {
    for (var stream : streams) {
      stream.breakOff(GatewayException.of(
          ErrorCode.OVERLOADED, "The gateway is shutting down: this answer is not whole."));
    }
  }
}
