package dev.weir.protocol;

import java.util.List;
import java.util.Map;

/** An upstream's answer once it is committed: whole, or a stream whose first event has come. */
public sealed interface Reply extends AutoCloseable {
  /** Response headers that the allowlist lets through, names in lower case. */
  List<Map.Entry<String, String>> headers();

  /** Gives back what the reply holds; cancels a stream that has not ended. Safe to call twice. */
  @Override
  void close();

  /** A whole body, as the upstream sent it, byte for byte. */
  record Whole(int status, String contentType, List<Map.Entry<String, String>> headers, byte[] body)
      implements Reply {
    @Override
    public void close() {}
  }

  /** A stream of server-sent events, paused at its first one until it is relayed. */
  record Streamed(List<Map.Entry<String, String>> headers, EventSource events) implements Reply {
    @Override
    public void close() {
      events.cancel();
    }
  }
}
