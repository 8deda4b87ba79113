package dev.weir;

import dev.weir.guardrail.custom.WebhookTransport;
import dev.weir.protocol.Deadline;
import dev.weir.provider.Reach;
import dev.weir.upstream.OutboundCalls;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Guardrails' calls to an operator's services. Safe for many threads.
 *
 * @param reach where those services may lie
 */
record Webhooks(OutboundCalls calls, Reach reach) implements WebhookTransport {
  @Override
  public Answer post(URI url, Map<String, String> headers, byte[] body, Deadline deadline)
      throws IOException {
    Map<String, String> all = new HashMap<>(headers);
    all.put("content-type", "application/json");
    var limit = Duration.ofNanos(Math.max(1, deadline.left()));
    var answer = calls.call(new OutboundCalls.Outbound("POST", url, all, body, reach, limit));
    return new Answer(answer.status(), answer.body());
  }
}
