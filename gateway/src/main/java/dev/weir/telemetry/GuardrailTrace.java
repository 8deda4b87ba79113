package dev.weir.telemetry;

import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** What the guardrails of one request found, and the time that each took. Safe for many threads: large texts fan out. */
public final class GuardrailTrace {
  /** Most decisions that are kept; more are counted only. */
  private static final int MOST = 64;

  private final List<GuardrailDecision> decisions = new ArrayList<>();
  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private final Map<Counted, Long> counts = new LinkedHashMap<>();

  /** What is counted of a decision. */
  public record Counted(String guardrail, String action) {}

  public synchronized void decided(GuardrailDecision decision) {
    counts.merge(new Counted(decision.guardrail(), decision.action()), 1L, Long::sum);
    if (decisions.size() < MOST) {
      decisions.add(decision);
    }
  }

  public synchronized void spent(String guardrail, long time) {
    nanos.merge(guardrail, time, Long::sum);
  }

  public synchronized List<GuardrailDecision> decisions() {
    return List.copyOf(decisions);
  }

  public synchronized void eachTime(ObjLongConsumer<String> times) {
    nanos.forEach(times::accept);
  }

  public synchronized void eachCount(ObjLongConsumer<Counted> all) {
    counts.forEach(all::accept);
  }

  /** The ids that flagged or changed the request, without those that only watch. */
  public synchronized List<String> flagged() {
    return counts.keySet().stream()
        .filter(count -> count.action().equals("flag") || count.action().equals("redact"))
        .map(Counted::guardrail)
        .distinct()
        .toList();
  }

  /** What the client may read: {@code pii.email;action=redact;count=2, injection;action=flag}; empty when nothing shows. */
  public synchronized String header() {
    var text = new StringBuilder();
    counts.forEach((counted, count) -> {
      if (!counted.action().equals("shadow") && text.length() < 1024) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(counted.guardrail())
            .append(";action=")
            .append(counted.action());
        if (count > 1) {
          text.append(";count=").append(count);
        }
      }
    });
    return text.toString();
  }

  /** The decisions as a JSON array. */
  public synchronized byte[] json() {
    var json = new JsonWriter().array();
    for (var decision : decisions) {
      json.object().name("guardrail").value(decision.guardrail());
      json.name("action").value(decision.action());
      json.name("direction").value(decision.direction());
      json.name("score")
          .raw(String.format(Locale.ROOT, "%.3f", decision.score())
              .getBytes(StandardCharsets.US_ASCII));
      json.name("pointer").value(decision.pointer());
      json.name("start").value((long) decision.start());
      json.name("end").value((long) decision.end());
      json.name("profile").value(decision.profile());
      json.name("level").value(decision.level()).endObject();
    }
    return json.endArray().bytes();
  }
}
