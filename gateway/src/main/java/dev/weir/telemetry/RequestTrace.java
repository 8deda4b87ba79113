package dev.weir.telemetry;

import dev.weir.protocol.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one request was seen to do: written by the stages as they pass, read once at the end for headers, metrics and log.
 *
 * <p>The decision record keeps it after the request's end: nothing here may hold on to a prompt, an answer or a body.
 *
 * <p>Not thread-safe: it belongs to its request, whose steps happen one after the other. Times are nanoseconds of
 * {@link System#nanoTime()}.
 */
public final class RequestTrace {
  private static final int MOST_ATTEMPTS = 32;

  private final String requestId;
  private final long started;
  private final long[] spent = new long[Stage.values().length];
  private @Nullable List<AttemptTrace> attemptTraces;
  private long @Nullable [] begins;

  public @Nullable String tenant;
  public @Nullable String department;
  public @Nullable String team;
  public @Nullable String keyId;

  /** Which tier of the key cache answered: local, redis, db or negative. */
  public @Nullable String keyTier;

  public @Nullable String model;
  public @Nullable String provider;

  /** The model's name that was looked up: the client's, or what its API route fixes. */
  public @Nullable String asked;

  /** What was asked of a model; null while nothing was. */
  public @Nullable Operation operation;

  /** Where the request stands in a trace: the caller's, until the gateway takes part; null outside of any. */
  public @Nullable TraceContext context;

  /** Whether the gateway's own spans are told to a collector. */
  public boolean traced;

  /** Why the request goes where it goes; null while that is not decided. */
  public @Nullable Explanation decision;

  /** Ids of the guardrails that flagged or redacted the request. */
  public List<String> flagged = List.of();

  /** The route's pattern ({@code /v1/models/{id}}), never the path itself: it becomes a metric label. */
  public String route = "unmatched";

  /** The HTTP method as sent: bounded to the known ones before it becomes a label. */
  public String method = "";

  /** Attempts that were sent to a provider. */
  public int attempts;

  public int databaseQueries;
  public boolean stream;

  /** Tokens as the upstream reported them or as counted; -1 while unknown. */
  public long tokensIn = -1;

  public long tokensOut = -1;

  private @Nullable GuardrailTrace guardrails;

  /** When the first event or the whole answer came from upstream; 0 while none has. */
  public long firstByteAt;

  /** When the head of the answer was written; 0 while it is not. */
  public long headAt;

  /** How long the page waited for the client to send its body, in nanoseconds. */
  public long awaitedClient;

  /** Whether the client went away before its answer was complete. */
  public boolean clientLeft;

  /** What the answer costs by the price list, in nano-dollars; -1 while unknown. */
  public long costNanos = -1;

  public RequestTrace(String requestId, long started) {
    this.requestId = requestId;
    this.started = started;
  }

  public String requestId() {
    return requestId;
  }

  public long started() {
    return started;
  }

  /** Notes an attempt or a target passed over; the first 32 are kept. */
  public void attempted(AttemptTrace attempt) {
    var notes = attemptTraces;
    if (notes == null) {
      notes = new ArrayList<>(2);
      attemptTraces = notes;
    }
    if (notes.size() < MOST_ATTEMPTS) {
      notes.add(attempt);
    }
  }

  /** What was noted, in the order in which it ended. */
  public List<AttemptTrace> attempts() {
    var notes = attemptTraces;
    return notes == null ? List.of() : List.copyOf(notes);
  }

  /** Adds to the time of a stage that ends now and may be entered more than once. */
  public void spent(Stage stage, long nanos) {
    spent[stage.ordinal()] += nanos;
    var position = context;
    if (position != null && position.sampled()) {
      noteBegin(stage, System.nanoTime() - nanos - started);
    }
  }

  private void noteBegin(Stage stage, long since) {
    var noted = begins;
    if (noted == null) {
      noted = new long[spent.length];
      Arrays.fill(noted, -1);
      begins = noted;
    }
    if (noted[stage.ordinal()] < 0) {
      noted[stage.ordinal()] = Math.max(0, since);
    }
  }

  /** When a stage was first entered, in nanoseconds since the request began; -1: never, or the request is not sampled. */
  public long began(Stage stage) {
    var noted = begins;
    return noted == null ? -1 : noted[stage.ordinal()];
  }

  /** What the numbered attempt carries to its provider, so that a trace goes on there; empty outside of any trace. */
  public List<Map.Entry<String, String>> propagated(int attempt) {
    var position = context;
    if (position == null) {
      return List.of();
    }
    // without an exporter the gateway has no span of its own: the caller's goes on as it came
    var from = traced ? position.part(attempt) : position.spanId();
    var parent = Map.entry("traceparent", position.parent(from));
    return position.state().isEmpty()
        ? List.of(parent)
        : List.of(parent, Map.entry("tracestate", position.state()));
  }

  public long spent(Stage stage) {
    return spent[stage.ordinal()];
  }

  /** What the guardrails found; made at the first call. */
  public GuardrailTrace guardrails() {
    var made = guardrails;
    if (made == null) {
      made = new GuardrailTrace();
      guardrails = made;
    }
    return made;
  }

  /** The same; null when no guardrail looked at the request. */
  public @Nullable GuardrailTrace guardrailsIfAny() {
    return guardrails;
  }

  /** Time that was the gateway's own: up to the answer's head, without what upstream and the client took. */
  public long own() {
    var until = headAt == 0 ? System.nanoTime() : headAt;
    return Math.max(0, until - started - spent(Stage.UPSTREAM) - awaitedClient);
  }

  /** Time since the request's first byte was read. */
  public long elapsed() {
    return System.nanoTime() - started;
  }
}
