package dev.weir.telemetry;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One JSON line a logged request (contracts §4): failures and slow ones always, the others by sample. Safe for many threads.
 *
 * <p>Holds no prompt, answer, key or credential; the failure's detail is in it, under the request id.
 */
public final class AccessLog implements RequestObserver {
  private final Settings settings;
  private final Consumer<String> lines;
  private final Clock clock;

  /**
   * @param sample part of the ordinary requests that is logged, 0 to 1
   * @param slow above this much gateway time a request is logged always
   * @param slowUpstream the same for time spent upstream
   * @param kept how many decision records {@link DecisionLog} keeps
   */
  public record Settings(double sample, Duration slow, Duration slowUpstream, int kept) {
    public static final Settings DEFAULT =
        new Settings(0.1, Duration.ofMillis(100), Duration.ofSeconds(30));

    /** With the usual number of decision records. */
    public Settings(double sample, Duration slow, Duration slowUpstream) {
      this(sample, slow, slowUpstream, DecisionLog.USUAL);
    }
  }

  /** Lines go where the consumer takes them; it must not block. */
  public AccessLog(Settings settings, Consumer<String> lines, Clock clock) {
    this.settings = settings;
    this.lines = lines;
    this.clock = clock;
  }

  @Override
  public void started(RequestTrace trace) {}

  @Override
  public void completed(RequestTrace trace, int status, @Nullable GatewayException failure) {
    var event = event(trace, status, failure);
    if (event.equals("request") && ThreadLocalRandom.current().nextDouble() >= settings.sample()) {
      return;
    }
    lines.accept(line(event, trace, status, failure));
  }

  private String event(RequestTrace trace, int status, @Nullable GatewayException failure) {
    if (trace.own() > settings.slow().toNanos()) {
      return "slow_request";
    }
    if (trace.spent(Stage.UPSTREAM) > settings.slowUpstream().toNanos()) {
      return "slow_upstream";
    }
    return status >= 400 || failure != null ? "request_failed" : "request";
  }

  private String line(
      String event, RequestTrace trace, int status, @Nullable GatewayException failure) {
    var json = new JsonWriter().object();
    json.name("ts").value(clock.instant().toString());
    json.name("level").value(status >= 500 ? "ERROR" : failure == null ? "INFO" : "WARN");
    json.name("event").value(event).name("request_id").value(trace.requestId());
    TraceJson.text(json, "tenant", trace.tenant);
    TraceJson.text(json, "team", trace.team);
    TraceJson.text(json, "key_id", trace.keyId);
    json.name("route").value(trace.route);
    TraceJson.text(json, "model", trace.model);
    TraceJson.text(json, "provider", trace.provider);
    json.name("status").value((long) status);
    TraceJson.millis(json, "latency_ms", trace.elapsed());
    TraceJson.millis(json, "upstream_ms", trace.spent(Stage.UPSTREAM));
    TraceJson.millis(json, "guard_ms", trace.spent(Stage.GUARD));
    json.name("db_queries").value((long) trace.databaseQueries);
    json.name("cache").object();
    TraceJson.text(json, "api_key_cache", trace.keyTier);
    json.endObject();
    TraceJson.count(json, "tokens_in", trace.tokensIn);
    TraceJson.count(json, "tokens_out", trace.tokensOut);
    TraceJson.dollars(json, "cost_usd", trace.costNanos);
    json.name("stream").value(trace.stream);
    if (event.startsWith("slow")) {
      details(json, trace);
    }
    var guardrails = trace.guardrailsIfAny();
    if (guardrails != null && !guardrails.decisions().isEmpty()) {
      json.name("guardrails").raw(guardrails.json());
    }
    if (failure != null) {
      json.name("code").value(failure.code().code());
      TraceJson.text(json, "detail", failure.detail());
    }
    return new String(json.endObject().bytes(), StandardCharsets.UTF_8);
  }

  /** Where the time of a slow request went. */
  private static void details(JsonWriter json, RequestTrace trace) {
    TraceJson.millis(json, "gateway_ms", trace.own());
    TraceJson.millis(json, "client_body_ms", trace.awaitedClient);
    TraceJson.timings(json, trace);
    json.name("attempts").array();
    for (var attempt : trace.attempts()) {
      json.object().name("provider").value(attempt.provider()).name("model").value(attempt.model());
      json.name("outcome").value(attempt.outcome()).name("credential").value(attempt.credential());
      TraceJson.millis(json, "start_ms", attempt.startNanos());
      TraceJson.millis(json, "took_ms", attempt.tookNanos());
      json.endObject();
    }
    json.endArray();
  }
}
