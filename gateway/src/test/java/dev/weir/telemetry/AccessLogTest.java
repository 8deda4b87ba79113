package dev.weir.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccessLogTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
  private static final List<String> MEMBERS = List.of(
      "ts",
      "level",
      "event",
      "request_id",
      "tenant",
      "team",
      "key_id",
      "route",
      "model",
      "provider",
      "status",
      "latency_ms",
      "upstream_ms",
      "guard_ms",
      "db_queries",
      "cache",
      "tokens_in",
      "tokens_out",
      "cost_usd",
      "stream");

  private final List<String> lines = new ArrayList<>();

  private AccessLog log(double sample) {
    return new AccessLog(
        new AccessLog.Settings(sample, Duration.ofMillis(100), Duration.ofSeconds(5)),
        lines::add,
        NOON);
  }

  /** A request that began so long ago. */
  private static RequestTrace ago(Duration time) {
    return new RequestTrace("r", System.nanoTime() - time.toNanos());
  }

  private JsonNode only() {
    assertThat(lines).hasSize(1);
    return new JsonMapper().readTree(lines.getFirst());
  }

  @Test
  void a_line_has_the_members_of_the_contract() {
    var trace = ago(Duration.ofMillis(1));
    trace.costNanos = 1_230_000;
    trace.keyTier = "redis";
    log(1).completed(trace, 200, null);
    var line = only();
    assertThat(line.propertyNames()).containsAll(MEMBERS);
    assertThat(line.get("event").asString()).isEqualTo("request");
    assertThat(line.get("cost_usd").decimalValue()).isEqualByComparingTo("0.00123");
    assertThat(line.get("cache").get("api_key_cache").asString()).isEqualTo("redis");
    assertThat(line.has("attempts")).isFalse();
  }

  @Test
  void a_tenth_of_the_ordinary_requests_is_logged_and_every_failure() {
    var log = log(0.1);
    for (var i = 0; i < 10_000; i++) {
      log.completed(ago(Duration.ZERO), 200, null);
    }
    assertThat(lines).hasSizeBetween(800, 1_200);
    lines.clear();
    for (var i = 0; i < 50; i++) {
      log.completed(ago(Duration.ZERO), 502, null);
      log.completed(
          ago(Duration.ZERO), 200, GatewayException.of(ErrorCode.UPSTREAM_UNAVAILABLE, "Broke."));
    }
    assertThat(lines).hasSize(100).allMatch(line -> line.contains("\"request_failed\""));
  }

  @Test
  void a_slow_request_is_always_logged_with_where_its_time_went() {
    var trace = ago(Duration.ofMillis(500));
    trace.spent(Stage.UPSTREAM, Duration.ofMillis(300).toNanos());
    trace.attempted(new AttemptTrace(1, "a", "m", "c1", "success", "", 1_000_000, 300_000_000));
    log(0).completed(trace, 200, null);
    var line = only();
    assertThat(line.get("event").asString()).isEqualTo("slow_request");
    assertThat(line.get("gateway_ms").asDouble()).isBetween(200.0, 5_000.0);
    assertThat(line.get("timings_ms").get("upstream").asDouble()).isEqualTo(300.0);
    assertThat(line.get("attempts").get(0).get("took_ms").asDouble()).isEqualTo(300.0);
  }

  @Test
  void a_slow_provider_or_a_slow_client_is_not_a_slow_gateway() {
    var upstream = ago(Duration.ofSeconds(6));
    upstream.spent(Stage.UPSTREAM, Duration.ofSeconds(6).toNanos());
    log(0).completed(upstream, 200, null);
    assertThat(only().get("event").asString()).isEqualTo("slow_upstream");
    lines.clear();
    var client = ago(Duration.ofSeconds(2));
    client.awaitedClient = Duration.ofSeconds(2).toNanos();
    log(0).completed(client, 200, null);
    var stream = ago(Duration.ofSeconds(2));
    stream.headAt = stream.started() + 1_000_000;
    log(0).completed(stream, 200, null);
    assertThat(lines).isEmpty();
  }
}
