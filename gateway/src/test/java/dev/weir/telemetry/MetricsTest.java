package dev.weir.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
  /** Those of contracts §4 that a gateway shows once requests went through it. */
  private static final List<String> NAMES = List.of(
      "gateway_request_duration_seconds_bucket",
      "gateway_upstream_duration_seconds_bucket",
      "gateway_overhead_duration_seconds_bucket",
      "gateway_time_to_first_token_seconds_bucket",
      "gateway_db_query_duration_seconds_bucket",
      "gateway_cache_hits_total",
      "gateway_cache_misses_total",
      "gateway_guardrail_duration_seconds_bucket",
      "gateway_guardrail_decisions_total",
      "gateway_tokens_total",
      "gateway_cost_usd_total",
      "gateway_attempts_total",
      "gateway_circuit_state",
      "gateway_in_flight_requests",
      "jvm_memory_used_bytes",
      "jvm_gc_",
      "jvm_threads_live_threads",
      "process_files_open_files");

  private final Metrics metrics = new Metrics();

  private static RequestTrace request(int number) {
    var trace = new RequestTrace("r" + number, System.nanoTime());
    trace.keyId = "key_" + number;
    trace.tenant = "tenant_" + number;
    trace.team = "team_" + number;
    trace.keyTier = number % 2 == 0 ? "db" : "local";
    trace.method = "M" + number;
    trace.route = "/v1/chat/completions";
    trace.asked = "asked_" + number;
    trace.model = "model_" + number;
    trace.provider = "provider_" + number;
    trace.stream = number % 2 == 0;
    trace.firstByteAt = trace.started() + 1;
    trace.attempts = 1;
    trace.attempted(new AttemptTrace(
        1, "provider_" + number, "model_" + number, "c" + number, "success", "", 0, 1));
    trace.guardrails().spent("pii.email", 1_000);
    trace.guardrails().decided(decision());
    trace.tokensIn = 10;
    trace.tokensOut = 5;
    trace.costNanos = 1_500_000;
    return trace;
  }

  private static GuardrailDecision decision() {
    return new GuardrailDecision(
        "pii.email", "flag", "input", 1.0, "/messages/0/content", 0, 1, "p", "key");
  }

  private void serve(int from, int to) {
    for (var i = from; i < to; i++) {
      var trace = request(i);
      metrics.started(trace);
      var failed = i % 5 == 0 ? GatewayException.of(ErrorCode.UPSTREAM_TIMEOUT, "Late.") : null;
      metrics.completed(trace, 200 + i % 2_000, failed);
    }
  }

  private long series() {
    return metrics.scrape().lines().filter(line -> line.startsWith("gateway_")).count();
  }

  @Test
  void every_name_of_the_contract_is_shown() {
    metrics.circuits(() -> List.of(new CircuitReading("a", "m", CircuitReading.State.CLOSED)));
    metrics.keyStatement(Duration.ofMillis(1));
    serve(0, 10);
    assertThat(metrics.scrape())
        .contains(NAMES)
        .containsPattern("gateway_cost_usd_total 0\\.01[45]");
  }

  @Test
  void labels_are_bounded_under_ten_thousand_keys() {
    serve(0, 3_000);
    var before = series();
    serve(3_000, 13_000);
    var text = metrics.scrape();
    assertThat(series()).isEqualTo(before).isLessThan(25_000);
    assertThat(text)
        .contains("method=\"other\"", "status=\"other\"", "provider=\"other\"")
        .doesNotContain("key_", "tenant_", "team_", "model_1", "asked_", "provider_7777");
  }
}
