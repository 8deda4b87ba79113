package dev.weir.usage;

import dev.weir.identity.Principal;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.TokenEstimate;
import dev.weir.protocol.TokenUsage;
import dev.weir.telemetry.AttemptTrace;
import dev.weir.telemetry.RequestTrace;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Settles what requests used: a record for each attempt that was sent. Safe for many threads; hot path, nothing here waits.
 */
public final class UsageLedger {
  /** A million dollars. */
  private static final long MOST_NANOS = 1_000_000_000_000_000L;

  private final UsageWriter writer;
  private final Supplier<PriceList> prices;
  private final Clock clock;

  /** Of this process' start and of its attempts: together an id that no other has. */
  private final long start = new SecureRandom().nextLong();

  private final AtomicLong attempts = new AtomicLong();

  public UsageLedger(UsageWriter writer, Supplier<PriceList> prices, Clock clock) {
    this.writer = writer;
    this.prices = prices;
    this.clock = clock;
  }

  /** Opens the entry of one request; closing it settles, also when the client has left. */
  public Entry open(Principal caller, ModelRequest request, RequestTrace trace) {
    return new Entry(caller, request, trace);
  }

  /** One request's line, settled once, by its page. */
  public final class Entry implements AutoCloseable {
    private final Principal caller;
    private final ModelRequest request;
    private final RequestTrace trace;

    private Entry(Principal caller, ModelRequest request, RequestTrace trace) {
      this.caller = caller;
      this.request = request;
      this.trace = trace;
    }

    @Override
    public void close() {
      for (var attempt : trace.attempts()) {
        if (attempt.sent()) {
          writer.add(settled(attempt));
        }
      }
    }

    private UsageRecord settled(AttemptTrace attempt) {
      var now = clock.instant();
      var tokens = tokens(attempt);
      var used = tokens.origin() == UsageRecord.Origin.REPORTED
          ? trace.usage
          : new TokenUsage(tokens.input(), tokens.output(), tokens.cached(), tokens.reasoning());
      return new UsageRecord(
          new UUID(start, attempts.incrementAndGet()),
          now,
          trace.requestId(),
          trace.route,
          new UsageRecord.Caller(
              caller.tenantId(), caller.departmentId(), caller.teamId(), caller.keyId()),
          attempt.provider(),
          PlainText.of(attempt.model()),
          tokens,
          tokens.equals(UsageRecord.Tokens.NONE)
              ? Optional.of(UsageRecord.Charge.NOTHING)
              : charge(attempt, used, now),
          outcome(attempt),
          attempt.tookNanos(),
          trace.elapsed());
    }

    private Optional<UsageRecord.Charge> charge(
        AttemptTrace attempt, TokenUsage used, Instant now) {
      var price =
          prices.get().find(attempt.provider(), attempt.model()).flatMap(all -> all.at(now));
      if (price.isEmpty()) {
        return Optional.empty();
      }
      var nanos = price.get().cost(used);
      // what no request costs is a provider's miscount: unknown rather than wrong
      return nanos.isEmpty() || nanos.getAsLong() < 0 || nanos.getAsLong() > MOST_NANOS
          ? Optional.empty()
          : Optional.of(new UsageRecord.Charge(
              nanos.getAsLong(),
              Optional.of(price.get().from()).filter(from -> !from.equals(Instant.MIN))));
    }

    private String outcome(AttemptTrace attempt) {
      var broke = trace.streamBroke;
      return attempt.outcome().equals(AttemptTrace.SUCCESS) && broke != null
          ? broke
          : attempt.outcome();
    }

    private UsageRecord.Tokens tokens(AttemptTrace attempt) {
      var reported = trace.usage;
      return switch (attempt.outcome()) {
        case AttemptTrace.SUCCESS ->
          reported.known() && trace.streamBroke == null
              ? new UsageRecord.Tokens(
                  reported.input(),
                  reported.output(),
                  reported.cachedInput(),
                  reported.reasoning(),
                  UsageRecord.Origin.REPORTED)
              : new UsageRecord.Tokens(
                  reported.input() >= 0 ? reported.input() : TokenEstimate.of(request.document()),
                  Math.max(reported.output(), trace.forwarded().tokens()),
                  reported.cachedInput(),
                  reported.reasoning(),
                  UsageRecord.Origin.ESTIMATED);
        // the provider had it all, and may have begun
        case AttemptTrace.CANCELLED ->
          new UsageRecord.Tokens(
              TokenEstimate.of(request.document()), 0, 0, 0, UsageRecord.Origin.ESTIMATED);
        default -> UsageRecord.Tokens.NONE;
      };
    }
  }
}
