package dev.weir.telemetry;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonWriter;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One finished request and all that was decided about it. Immutable, as is its trace by now.
 *
 * @param number counts the requests of this instance
 * @param atMillis when it ended, since 1970
 * @param elapsed from its first byte to its end, in nanoseconds
 * @param failure what the client was told, or what broke the stream; null when all went well
 */
public record DecisionRecord(
    long number,
    long atMillis,
    long elapsed,
    RequestTrace trace,
    int status,
    @Nullable GatewayException failure) {
  public Instant at() {
    return Instant.ofEpochMilli(atMillis);
  }

  /** Whether the client was told of a failure, or its stream broke. */
  public boolean failed() {
    return status >= 400 || failure != null;
  }

  /** How a request ended. */
  public enum Outcome {
    SUCCESS,
    /** Turned away with a status of 4xx. */
    REFUSED,
    /** Turned away by a guardrail. */
    BLOCKED,
    FAILED,
    CLIENT_LEFT;

    /** As it is written. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Outcome outcome() {
    if (failure != null && failure.code() == ErrorCode.CONTENT_POLICY_VIOLATION) {
      return Outcome.BLOCKED;
    }
    if (trace.clientLeft) {
      return Outcome.CLIENT_LEFT;
    }
    if (!failed()) {
      return Outcome.SUCCESS;
    }
    return status >= 400 && status < 500 ? Outcome.REFUSED : Outcome.FAILED;
  }

  /** Whether this model was asked for or has answered. */
  public boolean concerns(String model) {
    return model.equals(trace.asked)
        || model.equals(trace.model)
        || model.equals(trace.provider + "/" + trace.model);
  }

  /** Who reads a record. */
  private enum Reader {
    GATEWAY,
    TENANT
  }

  /** Writes the whole record, for admins of the whole gateway. */
  public void write(JsonWriter json) {
    write(json, Reader.GATEWAY);
  }

  /** The same for admins of one tenant: without the gateway's own credentials, and what a provider said. */
  public void writeForTenant(JsonWriter json) {
    write(json, Reader.TENANT);
  }

  private void write(JsonWriter json, Reader reader) {
    json.object();
    summary(json);
    TraceJson.timings(json, trace);
    json.name("decision");
    var decision = trace.decision;
    if (decision == null) {
      json.nullValue();
    } else {
      decision.write(json);
    }
    json.name("flagged").array();
    trace.flagged.forEach(json::value);
    json.endArray().name("attempts").array();
    trace.attempts().forEach(attempt -> write(json, attempt, reader));
    json.endArray().endObject();
  }

  /** Writes what a list shows of it. */
  public void writeSummary(JsonWriter json) {
    json.object();
    summary(json);
    json.endObject();
  }

  private void summary(JsonWriter json) {
    json.name("request_id").value(trace.requestId()).name("at").value(at().toString());
    TraceJson.text(json, "tenant_id", trace.tenant);
    TraceJson.text(json, "department_id", trace.department);
    TraceJson.text(json, "team_id", trace.team);
    TraceJson.text(json, "api_key_id", trace.keyId);
    TraceJson.text(json, "api_key_cache", trace.keyTier);
    json.name("method").value(trace.method).name("route").value(trace.route);
    json.name("status").value((long) status).name("outcome").value(outcome().label());
    json.name("stream").value(trace.stream);
    TraceJson.text(json, "asked", trace.asked);
    TraceJson.text(json, "model", trace.model);
    TraceJson.text(json, "provider", trace.provider);
    TraceJson.count(json, "tokens_in", trace.tokensIn);
    TraceJson.count(json, "tokens_out", trace.tokensOut);
    TraceJson.dollars(json, "cost_usd", trace.costNanos);
    TraceJson.millis(json, "latency_ms", elapsed);
    TraceJson.millis(json, "gateway_ms", trace.own());
    json.name("error");
    if (failure == null) {
      json.nullValue();
    } else {
      json.object().name("code").value(failure.code().code());
      json.name("message").value(failure.text()).endObject();
    }
  }

  private static void write(JsonWriter json, AttemptTrace attempt, Reader reader) {
    json.object().name("provider").value(attempt.provider()).name("model").value(attempt.model());
    json.name("outcome").value(attempt.outcome());
    if (reader == Reader.GATEWAY) {
      json.name("credential").value(attempt.credential()).name("why").value(attempt.why());
    }
    TraceJson.millis(json, "start_ms", attempt.startNanos());
    TraceJson.millis(json, "took_ms", attempt.tookNanos());
    json.endObject();
  }
}
