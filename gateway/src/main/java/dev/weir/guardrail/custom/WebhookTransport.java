package dev.weir.guardrail.custom;

import dev.weir.protocol.Deadline;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Sends one request to an operator's service; the seam to {@code upstream}, which owns the HTTP client. Safe for many threads. */
@FunctionalInterface
public interface WebhookTransport {
  /**
   * What the service said.
   *
   * @param status the HTTP status
   * @param body at most 64 KiB of it
   */
  record Answer(int status, byte[] body) {}

  /**
   * Posts a JSON body and waits for the answer. Redirects are not followed; an address that the gateway may not call (private
   * networks, unless allowed) is refused when the connection is made, on the resolved address.
   *
   * @throws IOException when there was no whole answer before the deadline, for any reason
   */
  Answer post(URI url, Map<String, String> headers, byte[] body, Deadline deadline)
      throws IOException;
}
