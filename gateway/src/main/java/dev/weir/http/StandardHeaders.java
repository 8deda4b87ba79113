package dev.weir.http;

import dev.weir.telemetry.Milliseconds;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.Stage;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.ThreadLocalRandom;

/** The headers on every response (contracts §2). Stateless; hot path. */
final class StandardHeaders {
  private static final Stage[] STAGES = Stage.values();
  private static final int MAX_ID = 64;

  private StandardHeaders() {}

  /** The caller's request id when it is one, else a fresh one. */
  static String requestId(@org.jspecify.annotations.Nullable String offered) {
    if (offered != null && isId(offered)) {
      return offered;
    }
    var random = ThreadLocalRandom.current();
    return "req-" + hex(random.nextLong()) + hex(random.nextLong());
  }

  private static String hex(long value) {
    var digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()) + digits;
  }

  private static boolean isId(String text) {
    if (text.isEmpty() || text.length() > MAX_ID) {
      return false;
    }
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var fits = (c >= '0' && c <= '9')
          || (c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || c == '.'
          || c == '_'
          || c == '-';
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  static void write(HttpServerResponse response, RequestTrace trace) {
    var headers = response.headers();
    var elapsed = trace.elapsed();
    trace.headAt = trace.started() + elapsed;
    headers.set("x-request-id", trace.requestId());
    headers.set("X-Response-Time", Milliseconds.text(trace.own()) + "ms");
    headers.set("Server-Timing", timing(trace, elapsed));
    var guardrails = trace.guardrailsIfAny();
    if (guardrails != null) {
      var found = guardrails.header();
      if (!found.isEmpty()) {
        headers.set("x-weir-guardrails", found);
      }
    }
    var model = trace.model;
    if (model != null) {
      headers.set("x-weir-model", visible(model));
    }
    var provider = trace.provider;
    if (provider != null) {
      headers.set("x-weir-provider", provider);
    }
    if (trace.attempts > 0) {
      headers.set("x-weir-attempts", Integer.toString(trace.attempts));
    }
  }

  // a client may name a model as it likes, and an answer must not fail for it (RFC 9110 §5.5)
  private static String visible(String name) {
    for (var i = 0; i < name.length(); i++) {
      var one = name.charAt(i);
      if (one < ' ' || one > '~') {
        return name.replaceAll("[^ -~]", "?");
      }
    }
    return name;
  }

  private static String timing(RequestTrace trace, long elapsed) {
    var text = new StringBuilder(96);
    for (var stage : STAGES) {
      text.append(stage.label()).append(";dur=");
      Milliseconds.append(text, trace.spent(stage));
      text.append(", ");
    }
    text.append("total;dur=");
    Milliseconds.append(text, elapsed);
    return text.toString();
  }
}
