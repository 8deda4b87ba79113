package dev.weir.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

  private final DecisionLog log = new DecisionLog(10, NOON);

  private static boolean any(DecisionRecord record) {
    return record.number() >= 0;
  }

  private static RequestTrace trace(String id, String tenant) {
    var trace = new RequestTrace(id, System.nanoTime());
    trace.keyId = "key";
    trace.tenant = tenant;
    trace.asked = "smart";
    trace.provider = "a";
    trace.model = "m1";
    return trace;
  }

  private void served(String id, String tenant) {
    log.completed(trace(id, tenant), 200, null);
  }

  private List<String> page(Predicate<DecisionRecord> filter, long before, int limit) {
    return log.page(filter, before, limit).stream()
        .map(one -> one.trace().requestId())
        .toList();
  }

  @Test
  void the_oldest_are_forgotten_and_the_newest_come_first() {
    for (var i = 0; i < 25; i++) {
      served("r" + i, "t");
    }
    assertThat(page(DecisionLogTest::any, Long.MAX_VALUE, 3)).containsExactly("r24", "r23", "r22");
    assertThat(page(DecisionLogTest::any, 22, 100))
        .containsExactly("r21", "r20", "r19", "r18", "r17", "r16", "r15");
    assertThat(log.find("r24", DecisionLogTest::any)).isPresent();
    assertThat(log.find("r3", DecisionLogTest::any)).isEmpty();
  }

  @Test
  void requests_without_a_valid_key_are_not_kept() {
    log.completed(new RequestTrace("stranger", 0), 401, GatewayException.invalidApiKey());
    assertThat(page(DecisionLogTest::any, Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void a_record_knows_how_its_request_ended_and_which_models_it_concerns() {
    served("one", "t");
    log.completed(
        trace("broken", "t"), 200, GatewayException.of(ErrorCode.UPSTREAM_UNAVAILABLE, "Gone."));
    log.completed(
        trace("blocked", "t"), 400, GatewayException.of(ErrorCode.CONTENT_POLICY_VIOLATION, "No."));
    log.completed(trace("refused", "t"), 404, null);
    var left = trace("left", "t");
    left.clientLeft = true;
    log.completed(left, 200, null);
    assertThat(log.page(DecisionLogTest::any, Long.MAX_VALUE, 10))
        .extracting(DecisionRecord::outcome)
        .containsExactly(
            DecisionRecord.Outcome.CLIENT_LEFT,
            DecisionRecord.Outcome.REFUSED,
            DecisionRecord.Outcome.BLOCKED,
            DecisionRecord.Outcome.FAILED,
            DecisionRecord.Outcome.SUCCESS);
    assertThat(page(one -> one.concerns("smart"), Long.MAX_VALUE, 10)).hasSize(5);
    assertThat(page(one -> one.concerns("a/m1"), Long.MAX_VALUE, 10)).hasSize(5);
    assertThat(page(one -> one.concerns("m2"), Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void a_record_is_one_json_object_with_its_attempts() {
    var trace = trace("r", "t");
    trace.attempted(
        new AttemptTrace(1, "a", "m1", "c1", "upstream_timeout", "silent", 1_000, 2_000));
    trace.flagged = List.of("pii.email");
    log.completed(trace, 504, GatewayException.of(ErrorCode.UPSTREAM_TIMEOUT, "Too slow."));
    var json = new JsonWriter();
    log.find("r", DecisionLogTest::any).orElseThrow().write(json);
    var text = new String(json.bytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(JsonObject.read(json.bytes()).size()).isGreaterThan(15);
    assertThat(text)
        .contains("\"request_id\":\"r\"")
        .contains("\"outcome\":\"upstream_timeout\"")
        .contains("\"flagged\":[\"pii.email\"]")
        .contains("\"error\":{\"code\":\"upstream_timeout\",\"message\":\"Too slow.\"}")
        .contains("\"timings_ms\":{\"auth\":0.00")
        .contains("\"credential\":\"c1\",\"why\":\"silent\"");
    var tenants = new JsonWriter();
    log.find("r", DecisionLogTest::any).orElseThrow().writeForTenant(tenants);
    assertThat(new String(tenants.bytes(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"outcome\":\"upstream_timeout\"")
        .doesNotContain("c1")
        .doesNotContain("silent");
  }

  @Test
  void many_threads_write_and_none_waits_or_reads_a_stranger() throws Exception {
    var working = new ArrayList<Future<?>>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var t = 0; t < 4; t++) {
        var name = "t" + t;
        working.add(threads.submit(() -> {
          for (var i = 0; i < 5_000; i++) {
            served(name + "-" + i, name);
            for (var one : log.page(one -> name.equals(one.trace().tenant), Long.MAX_VALUE, 5)) {
              if (!name.equals(one.trace().tenant)) {
                throw new AssertionError("a stranger's record");
              }
            }
          }
        }));
      }
    }
    for (var one : working) {
      one.get();
    }
    assertThat(page(DecisionLogTest::any, Long.MAX_VALUE, 100)).hasSize(10);
  }
}
