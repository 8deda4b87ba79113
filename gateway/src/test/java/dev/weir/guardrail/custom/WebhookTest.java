package dev.weir.guardrail.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.RemoteDetector;
import dev.weir.guardrail.RemoteDetector.Text;
import dev.weir.guardrail.Role;
import dev.weir.guardrail.pii.Found;
import dev.weir.protocol.Deadline;
import dev.weir.provider.Reach;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
  private static final String CONFIG =
      "{'url':'https://checks.example.com/v1','headers':{'X-Key':'k'}}";
  private static final String CLEAN = "{\"results\":[{\"score\":0}]}";

  @Test
  void the_service_gets_all_texts_at_once_and_says_something_of_each() {
    var sent = new ArrayList<String>();
    var webhook = webhook((url, headers, body, _) -> {
      sent.add(url + " " + headers + " " + new String(body, StandardCharsets.UTF_8));
      return answer(200, "{\"results\":[{\"score\":0.75},{\"score\":0}]}");
    });
    var found = new ArrayList<String>();
    webhook.ask(
        List.of(
            new Text("say \"hi\"", Direction.INPUT, Role.SYSTEM),
            new Text("b", Direction.INPUT, Role.USER)),
        Deadline.in(Duration.ofSeconds(9)),
        (finding, place) -> found.add(place + " " + finding.end() + " " + finding.score()));
    assertThat(found).containsExactly("0 8 0.75", "1 1 0.0");
    assertThat(sent)
        .containsExactly(
            "https://checks.example.com/v1 {X-Key=k} {\"direction\":\"input\",\"texts\":[{\"text\":\"say \\\"hi\\\"\",\"role\":\"system\"},{\"text\":\"b\",\"role\":\"user\"}]}");
  }

  @Test
  void the_service_may_name_spans_in_code_points() {
    var webhook = webhook((_, _, _, _) -> answer(
        200, "{\"results\":[{\"score\":0.2,\"findings\":[{\"start\":1,\"end\":3,\"score\":1}]}]}"));
    assertThat(Found.in(webhook, "😀bcd", webhook.guardrails()))
        .containsExactly(new Finding("webhook", 2, 4, 1.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "{}",
        "{\"score\":1}",
        "{\"results\":[]}",
        "{\"results\":[{\"score\":0},{\"score\":0}]}",
        "{\"results\":[{\"score\":2}]}",
        "{\"results\":[{\"score\":\"1\"}]}",
        "{\"results\":[7]}",
        "{\"results\":[{\"score\":0.1,\"findings\":[{\"start\":0,\"end\":99}]}]}",
        "{\"results\":[{\"score\":0.1,\"findings\":[{\"start\":2,\"end\":2}]}]}",
        "{\"results\":[{\"score\":0.1,\"findings\":[{\"start\":-1,\"end\":2}]}]}",
        "{\"results\":[{\"score\":0.1,\"findings\":[{\"start\":\"x\",\"end\":2}]}]}",
        "{\"results\":[{\"score\":0.1,\"findings\":[{}]}]}",
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
    var webhook = webhook(
        (_, _, _, _) -> calls.incrementAndGet() % 5 == 0 ? answer(200, CLEAN) : answer(503, ""));
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
  void a_passed_deadline_makes_no_call() {
    var calls = new AtomicInteger();
    var webhook = webhook((_, _, _, _) -> {
      calls.incrementAndGet();
      return answer(200, CLEAN);
    });
    assertThatThrownBy(() -> webhook.scan(
            NormalizedText.of("text"),
            webhook.guardrails(),
            Deadline.in(Duration.ofSeconds(-1)),
            _ -> {}))
        .isInstanceOf(Detector.DeadlinePassed.class);
    assertThat(calls).hasValue(0);
  }

  private static RemoteDetector webhook(WebhookTransport transport) {
    return (RemoteDetector)
        CustomGuardrailsTest.compile(new WebhookGuardrail(Reach.PUBLIC, transport), CONFIG);
  }

  private static WebhookTransport.Answer answer(int status, String body) {
    return new WebhookTransport.Answer(status, body.getBytes(StandardCharsets.UTF_8));
  }
}
