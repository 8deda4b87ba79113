package dev.weir.upstream;

import dev.weir.protocol.GatewayException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one target with one credential from being asked while it fails. Safe for many threads; nobody waits. While all is
 * well an attempt costs two volatile reads.
 *
 * <p>Opens at five failures in a row, or when half of at least ten outcomes among the last twenty are failures. Open, it
 * refuses for one second, doubling up to four as it opens again; then single attempts probe it, and three successes close it.
 * Besides, a refused credential or a rate limit cools it down for a time. Times are nanoseconds of {@link System#nanoTime()}.
 */
final class Circuit {
  static final int FAILURES_IN_A_ROW = 5;
  private static final int WINDOW = 20;
  private static final int LEAST_OUTCOMES = 10;
  private static final int SUCCESSES_TO_CLOSE = 3;
  private static final int PROBES = 3;
  private static final int PROBES_PER_SUCCESS = 10;
  private static final long FIRST_OPEN = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_OPEN = Duration.ofSeconds(4).toNanos();

  /** A failure so long after the one before it stands alone. */
  private static final long MEMORY = Duration.ofSeconds(30).toNanos();

  /** A probe that has been silent for so long does not keep others from trying. */
  private static final long PROBE_PATIENCE = Duration.ofSeconds(1).toNanos();

  /** An open circuit may be probed before its time by a request that has nowhere else to go, this often. */
  private static final long EARLY_PROBE = Duration.ofMillis(100).toNanos();

  /** What a circuit does with an attempt. */
  enum State {
    CLOSED,
    COOLING,
    OPEN,
    PROBING
  }

  /** Who asks to pass. */
  enum Entry {
    USUAL,
    /** A request whose other targets have just failed it. */
    LAST_RESORT
  }

  // all that follows is guarded by this object, but for what is read while all is well
  private volatile boolean troubled;
  private State state = State.CLOSED;
  private long changedAt;
  private long until;
  private long lastFailureAt;
  private long lastProbeAt;
  private int inARow;
  private int outcomes;
  private int failures;
  private int openings;
  private int probing;
  private int passed;
  private @Nullable GatewayException cause;

  Circuit(long now) {
    changedAt = now;
    lastFailureAt = now - MEMORY;
  }

  /** Whether an attempt may begin; one that was let in must tell its end by one of the methods below. */
  boolean enter(long now, Entry entry) {
    return !troubled || enterTroubled(now, entry);
  }

  private synchronized boolean enterTroubled(long now, Entry entry) {
    return switch (state) {
      case CLOSED -> true;
      case COOLING -> cooled(now);
      case OPEN -> probeOpen(now, entry);
      case PROBING -> probe(now);
    };
  }

  private boolean cooled(long now) {
    if (now - until < 0) {
      return false;
    }
    change(State.CLOSED, now);
    return true;
  }

  private boolean probeOpen(long now, Entry entry) {
    var due = entry == Entry.LAST_RESORT ? Math.min(until, changedAt + EARLY_PROBE) : until;
    if (now - due < 0) {
      return false;
    }
    change(State.PROBING, now);
    probing = 0;
    passed = 0;
    return probe(now);
  }

  private boolean probe(long now) {
    if (probing >= PROBES + PROBES_PER_SUCCESS * passed && now - lastProbeAt < PROBE_PATIENCE) {
      return false;
    }
    probing++;
    lastProbeAt = now;
    return true;
  }

  /** Whether {@link #enter} would let the next attempt in. */
  boolean available(long now) {
    if (!troubled) {
      return true;
    }
    synchronized (this) {
      return switch (state) {
        case CLOSED -> true;
        case COOLING, OPEN -> now - until >= 0;
        case PROBING ->
          probing < PROBES + PROBES_PER_SUCCESS * passed || now - lastProbeAt >= PROBE_PATIENCE;
      };
    }
  }

  /** An attempt that began then has committed to an answer. */
  void succeeded(long began, long now) {
    if (troubled) {
      succeededTroubled(began, now);
    }
  }

  private synchronized void succeededTroubled(long began, long now) {
    if (state == State.PROBING && began - changedAt >= 0) {
      probing--;
      passed++;
      if (passed >= SUCCESSES_TO_CLOSE) {
        change(State.CLOSED, now);
        forget();
      }
    } else if (state == State.CLOSED) {
      inARow = 0;
      note(0);
      if (failures == 0 && now - lastFailureAt > MEMORY) {
        troubled = false;
      }
    }
  }

  /** An attempt that began then has failed as a provider that is unwell fails. */
  synchronized void failed(long began, long now, GatewayException why) {
    if (began - changedAt < 0) {
      return;
    }
    if (state == State.PROBING) {
      lastFailureAt = now;
      open(now, why);
    } else if (state == State.CLOSED) {
      if (now - lastFailureAt > MEMORY || !troubled) {
        forget();
        openings = 0;
      }
      troubled = true;
      lastFailureAt = now;
      inARow++;
      note(1);
      var count = Math.min(outcomes, WINDOW);
      if (inARow >= FAILURES_IN_A_ROW
          || (count >= LEAST_OUTCOMES && Integer.bitCount(failures) * 2 >= count)) {
        open(now, why);
      }
    }
  }

  /** An attempt that began then ended without telling anything about the target. */
  void withdrawn(long began) {
    if (troubled) {
      synchronized (this) {
        if (state == State.PROBING && began - changedAt >= 0) {
          probing--;
        }
      }
    }
  }

  /** The provider wants no more of this for a while, or refuses the credential. */
  synchronized void cool(long now, Duration time, GatewayException why) {
    var end = now + time.toNanos();
    if (state == State.OPEN || (state == State.COOLING && until - end >= 0)) {
      return;
    }
    troubled = true;
    if (state != State.COOLING) {
      change(State.COOLING, now);
    }
    until = end;
    cause = why;
  }

  /** Why an attempt is not let in, as a client is told; asked after {@link #enter} said no. */
  synchronized GatewayException refusal(long now) {
    var why = cause;
    if (why == null || state == State.CLOSED) {
      return Failures.unavailable("the circuit has just closed");
    }
    var left = Duration.ofNanos(Math.max(until - now, 0));
    return state == State.COOLING && why.retryAfter() != null
        ? why.retryAfter(left)
        : why.detail("not sent, the circuit is " + state + ": " + why.detail());
  }

  synchronized State state(long now) {
    return switch (state) {
      case COOLING -> now - until >= 0 ? State.CLOSED : State.COOLING;
      case CLOSED, OPEN, PROBING -> state;
    };
  }

  /** Nanoseconds until an attempt may be let in; 0 when now. */
  synchronized long opensIn(long now) {
    return switch (state) {
      case CLOSED, PROBING -> 0;
      case COOLING, OPEN -> Math.max(0, until - now);
    };
  }

  private void open(long now, GatewayException why) {
    var time = Math.min(LONGEST_OPEN, FIRST_OPEN << Math.min(openings, 3));
    openings++;
    troubled = true;
    change(State.OPEN, now);
    // many gateways must not come back in step
    until = now + (long) (time * ThreadLocalRandom.current().nextDouble(0.8, 1.0));
    cause = why;
    forget();
  }

  private void change(State next, long now) {
    state = next;
    changedAt = now;
  }

  private void note(int failure) {
    failures = ((failures << 1) | failure) & ((1 << WINDOW) - 1);
    outcomes++;
  }

  private void forget() {
    inARow = 0;
    outcomes = 0;
    failures = 0;
  }
}
