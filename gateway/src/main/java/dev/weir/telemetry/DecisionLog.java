package dev.weir.telemetry;

import dev.weir.protocol.GatewayException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The decision records of this instance's last requests: a ring that forgets the oldest. Safe for many threads; nobody waits.
 *
 * <p>Keeps what the trace holds anyway, which is nothing of a prompt or an answer, and renders it when somebody asks.
 * Requests without a valid key are left out, so that strangers cannot wash the others away.
 */
public final class DecisionLog implements RequestObserver {
  /** How many requests are kept unless said. */
  public static final int USUAL = 1_000;

  private final AtomicReferenceArray<DecisionRecord> ring;
  private final AtomicLong next = new AtomicLong();
  private final Clock clock;

  /**
   * @param most how many requests are kept, about a kilobyte each; 0: none
   */
  public DecisionLog(int most, Clock clock) {
    this.ring = new AtomicReferenceArray<>(most);
    this.clock = clock;
  }

  @Override
  public void started(RequestTrace trace) {}

  @Override
  public void completed(RequestTrace trace, int status, @Nullable GatewayException failure) {
    if (trace.keyId == null || ring.length() == 0) {
      return;
    }
    var number = next.getAndIncrement();
    ring.set(
        (int) (number % ring.length()),
        new DecisionRecord(number, clock.millis(), trace.elapsed(), trace, status, failure));
  }

  /**
   * Records that pass, newest first.
   *
   * @param before only those with a smaller number; {@link Long#MAX_VALUE} for the newest
   */
  public List<DecisionRecord> page(Predicate<DecisionRecord> filter, long before, int limit) {
    var found = new ArrayList<DecisionRecord>();
    var newest = Math.min(next.get(), before) - 1;
    for (var number = newest; number >= 0 && number > newest - ring.length(); number--) {
      var one = ring.get((int) (number % ring.length()));
      // a slot may have been written again meanwhile, or not yet
      if (one != null && one.number() == number && filter.test(one) && found.size() < limit) {
        found.add(one);
      }
    }
    return found;
  }

  /** The newest record of a request id, which a client may have used twice. */
  public Optional<DecisionRecord> find(String requestId, Predicate<DecisionRecord> filter) {
    return page(filter.and(one -> one.trace().requestId().equals(requestId)), Long.MAX_VALUE, 1)
        .stream()
        .findFirst();
  }
}
