package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.fake.FakeUpstream;
import dev.weir.provider.RemoteProvider;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Guardrails on {@code /v1/messages}: the same as on chat completions, and nothing passes unseen. */
class MessagesGuardedTest {
  private static final String BODY =
      "{\"model\":\"gpt/m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}";

  private static final String COMPLETION =
      "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},"
          + "\"finish_reason\":\"stop\"}]}";

  @Test
  void a_planted_match_is_taken_out_and_an_uninspected_stream_is_refused() throws Exception {
    try (var upstream = new FakeUpstream();
        var gateway = new RunningGateway(
            List.of(new RemoteProvider("gpt", upstream.url(), "", List.of())),
            RunningGateway.QUICK)) {
      var admin = new AdminClient(gateway.adminUrl(), gateway.adminToken());
      var tenant = admin.get("/tenants").json().at("/data/0/id").asString();
      var changed = admin.patch("/tenants/" + tenant, "{\"guardrail_profile_id\":\"strict\"}");
      assertThat(changed.status()).isEqualTo(200);
      upstream.answers(FakeUpstream.json(200, COMPLETION));
      await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
        var answered =
            gateway.post("/v1/messages", BODY.formatted("my card is 4111 1111 1111 1111", ""));
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(upstream.last().text()).contains("[CARD_1]").doesNotContain("4111");
      });
      var sent = upstream.ledger().size();
      var streamed = gateway.post("/v1/messages", BODY.formatted("hello", ",\"stream\":true"));
      assertThat(streamed.statusCode()).isEqualTo(400);
      assertThat(streamed.body()).contains("stream");
      assertThat(upstream.ledger()).hasSize(sent);
    }
  }
}
