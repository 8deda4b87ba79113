package dev.weir.guardrail.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.pii.Found;
import dev.weir.protocol.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
  private static final String CONFIG =
      "{'url':'https://checks.example.com/v1','timeout_ms':100,'headers':{'X-Key':'k'}}";

  @Test
  void the_service_gets_the_text_and_its_score_is_the_find() {
    var sent = new ArrayList<String>();
    var webhook = webhook((url, headers, body, _) -> {
      sent.add(url + " " + headers + " " + new String(body, StandardCharsets.UTF_8));
      return answer(200, "{\"score\":0.75}");
    });
    assertThat(Found.in(webhook, "say \"hi\"", webhook.guardrails()))
        .containsExactly(new Finding("webhook", 0, 8, 0.75));
    assertThat(sent)
        .containsExactly("https://checks.example.com/v1 {X-Key=k} {\"text\":\"say \\\"hi\\\"\"}");
    assertThat(webhook.remote()).isTrue();
  }

  @Test
  void the_service_may_name_spans() {
    var webhook = webhook((_, _, _, _) ->
        answer(200, "{\"score\":0.2,\"findings\":[{\"start\":1,\"end\":3,\"score\":1}]}"));
    assertThat(Found.in(webhook, "abcd", webhook.guardrails()))
        .containsExactly(new Finding("webhook", 1, 3, 1.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "{}",
        "{\"score\":2}",
        "{\"score\":\"1\"}",
        "{\"score\":0.1,\"findings\":[{\"start\":0,\"end\":99}]}",
        "[]",
        "null"
      })
  void what_is_no_answer_is_a_failure(String body) {
    var webhook = webhook((_, _, _, _) -> answer(200, body));
    assertThatThrownBy(() -> Found.in(webhook, "text", webhook.guardrails()))
        .isInstanceOf(Webhook.Failed.class);
  }

  @Test
  void a_service_that_fails_five_times_is_left_alone() {
    var calls = new AtomicInteger();
    var webhook = webhook((_, _, _, _) -> {
      calls.incrementAndGet();
      throw new IOException("refused");
    });
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> Found.in(webhook, "text", webhook.guardrails()))
          .isInstanceOf(RuntimeException.class);
    }
    assertThat(calls).hasValue(5);
  }

  @Test
  void one_answer_ends_the_count_of_failures() {
    var calls = new AtomicInteger();
    var webhook = webhook((_, _, _, _) ->
        calls.incrementAndGet() % 5 == 0 ? answer(200, "{\"score\":0}") : answer(503, ""));
    int failed = 0;
    for (int i = 0; i < 20; i++) {
      try {
        Found.in(webhook, "text", webhook.guardrails());
      } catch (Webhook.Failed failure) {
        failed++;
      }
    }
    assertThat(calls).hasValue(20);
    assertThat(failed).isEqualTo(16);
  }

  @Test
  void the_rules_time_bounds_the_call_and_a_passed_deadline_makes_none() {
    var left = new ArrayList<Long>();
    var webhook = webhook((_, _, _, deadline) -> {
      left.add(deadline.left());
      return answer(200, "{\"score\":0}");
    });
    Found.in(webhook, "text", webhook.guardrails());
    assertThat(left.getFirst()).isLessThanOrEqualTo(Duration.ofMillis(100).toNanos());
    assertThatThrownBy(() -> webhook.scan(
            NormalizedText.of("text"),
            webhook.guardrails(),
            Deadline.in(Duration.ofSeconds(-1)),
            _ -> {}))
        .isInstanceOf(Detector.DeadlinePassed.class);
    assertThat(left).hasSize(1);
  }

  private static Detector webhook(WebhookTransport transport) {
    return CustomGuardrailsTest.compile(new WebhookGuardrail(transport), CONFIG);
  }

  private static WebhookTransport.Answer answer(int status, String body) {
    return new WebhookTransport.Answer(status, body.getBytes(StandardCharsets.UTF_8));
  }
}
