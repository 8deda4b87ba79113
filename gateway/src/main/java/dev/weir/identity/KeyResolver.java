package dev.weir.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.weir.change.Change;
import dev.weir.change.ChangeListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks public ids up: local cache, shared cache, then one statement for all who wait for the same id at once. Hears of
 * changes, and drops what they make wrong. Safe for many threads.
 *
 * <p>Nobody waits longer than {@link #BUDGET}, whatever the store does. While it fails it is asked once a second, and keys that
 * were known are served on.
 */
public final class KeyResolver implements ChangeListener {
  /** What a request waits at most for an answer that is in no cache. */
  static final Duration BUDGET = Duration.ofMillis(1500);

  /** An entry younger than this is not doubted again. */
  private static final Duration SETTLED = Duration.ofMillis(250);

  private static final int TRIES = 3;

  private final LocalKeyCache local;
  private final SharedKeyCache shared;
  private final KeySource source;
  private final ChangedVersions versions;
  private final SourceOutage outage;
  private final Map<Wanted, CompletableFuture<Resolved>> flights = new ConcurrentHashMap<>();

  /** Which tier had the answer, by the words of the access log. */
  public enum Tier {
    LOCAL("local"),
    NEGATIVE("negative"),
    REDIS("redis"),
    DATABASE("db");

    private final String label;

    Tier(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** What a look-up brought; {@code statements} are those that it made itself. */
  record Resolved(KeyAnswer answer, Tier tier, int statements) {}

  private enum Way {
    SHARED_FIRST,
    STORE_ONLY
  }

  private record Wanted(String publicId, Way way) {}

  private record Flight(CompletableFuture<Resolved> result, Wanted wanted, int seats) {}

  /**
   * @param entryLife how long an entry of either cache may be served
   */
  public KeyResolver(
      LocalKeyCache local,
      SharedKeyCache shared,
      KeySource source,
      Duration entryLife,
      Ticker ticker) {
    this.local = local;
    this.shared = shared;
    this.source = source;
    this.versions = new ChangedVersions(entryLife, ticker);
    this.outage = new SourceOutage(ticker);
  }

  /** Takes no answer older than this version: what others shared before may miss changes that nobody told us of. */
  public void startAt(long version) {
    versions.everything(version);
  }

  /** The record held on this instance, if it is fresh; nobody is asked. */
  Optional<KeyRecord> held(String publicId) {
    return local.held(publicId);
  }

  /**
   * What is known of a key that is not held.
   *
   * @throws KeySource.Unavailable when nobody can be asked, and nothing stale is there
   */
  Resolved resolve(String publicId) {
    if (local.isUnknown(publicId)) {
      return new Resolved(new KeyAnswer(0, Optional.empty()), Tier.NEGATIVE, 0);
    }
    var stale = Optional.ofNullable(local.stale(publicId))
        .map(answer -> new Resolved(answer, Tier.LOCAL, 0));
    if (stale.isPresent() && outage.recent()) {
      return stale.get();
    }
    var flight = fly(new Wanted(publicId, Way.SHARED_FIRST));
    if (stale.isPresent() && outage.lasts()) {
      return stale.get();
    }
    try {
      return await(flight);
    } catch (KeySource.Unavailable down) {
      return stale.orElseThrow(() -> down);
    }
  }

  /**
   * The same from the store alone, for a secret that the entry does not know: the key may have been rotated a moment ago.
   * Empty when the entry is too young to be doubted.
   *
   * @throws KeySource.Unavailable when the store cannot answer
   */
  Optional<Resolved> doubted(String publicId) {
    return local.age(publicId).compareTo(SETTLED) < 0
        ? Optional.empty()
        : Optional.of(await(fly(new Wanted(publicId, Way.STORE_ONLY))));
  }

  private Flight fly(Wanted wanted) {
    var mine = new CompletableFuture<Resolved>();
    var other = flights.putIfAbsent(wanted, mine);
    if (other != null) {
      return new Flight(other, wanted, 0);
    }
    // a thread of its own: the request that came first may be cancelled, the others may not
    Thread.ofVirtual().name("key").start(() -> land(wanted, mine));
    return new Flight(mine, wanted, 1);
  }

  private void land(Wanted wanted, CompletableFuture<Resolved> flight) {
    try {
      var found = load(wanted);
      // first gone, then landed: nobody joins what is over
      flights.remove(wanted, flight);
      flight.complete(found);
    } catch (RuntimeException failure) {
      flights.remove(wanted, flight);
      flight.completeExceptionally(failure);
    }
  }

  private Resolved await(Flight flight) {
    try {
      var found = flight.result().get(BUDGET.toMillis(), TimeUnit.MILLISECONDS);
      if (flight.seats() > 0) {
        return found;
      }
      // it may have landed just before a change that whoever joined it has to see
      return versions.current(flight.wanted().publicId(), found.answer())
          ? new Resolved(found.answer(), found.tier(), 0)
          : load(new Wanted(flight.wanted().publicId(), Way.STORE_ONLY));
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof KeySource.Unavailable down
          ? down
          : new KeySource.Unavailable(failure);
    } catch (TimeoutException slow) {
      outage.failed();
      throw new KeySource.Unavailable(slow);
    } catch (InterruptedException left) {
      Thread.currentThread().interrupt();
      throw new KeySource.Unavailable(left);
    }
  }

  private Resolved load(Wanted wanted) {
    var publicId = wanted.publicId();
    if (wanted.way() == Way.SHARED_FIRST) {
      var held = shared.get(publicId).filter(one -> versions.current(publicId, one.answer()));
      if (held.isPresent() && hold(publicId, held.get().answer(), held.get().age())) {
        return new Resolved(held.get().answer(), Tier.REDIS, 0);
      }
    }
    for (var made = 1; ; made++) {
      var answer = ask(publicId);
      if (hold(publicId, answer, Duration.ZERO) || made == TRIES) {
        shared.put(publicId, answer);
        return new Resolved(answer, Tier.DATABASE, made);
      }
    }
  }

  /** False when a change came meanwhile: the answer is not held then. */
  private boolean hold(String publicId, KeyAnswer answer, Duration age) {
    local.put(publicId, answer, age);
    // first held, then checked: a change either finds the entry or is found here
    if (versions.current(publicId, answer)) {
      return true;
    }
    local.remove(publicId);
    return false;
  }

  private KeyAnswer ask(String publicId) {
    var mayWait = local.stale(publicId) == null && outage.uncertain();
    if (!mayWait && !outage.tryNow()) {
      throw new KeySource.Unavailable(new IllegalStateException("it did not answer a moment ago"));
    }
    try {
      var answer = source.find(publicId);
      outage.answered();
      return answer;
    } catch (KeySource.Unavailable failure) {
      outage.failed();
      throw failure;
    }
  }

  @Override
  public void changed(List<Change> changes) {
    var many = false;
    for (var change : changes) {
      versions.note(change);
      switch (change.kind()) {
        case API_KEY -> change.publicId().ifPresent(this::drop);
        case TENANT, DEPARTMENT, TEAM, EVERYTHING -> many = true;
        case GUARDRAIL_PROFILE, ROUTING_POLICY, API_ROUTE, PROVIDER, MODEL -> {
          // these stand in the snapshot; a key only names them
        }
      }
    }
    if (many) {
      local.removeIf((publicId, answer) -> !versions.current(publicId, answer));
    }
  }

  private void drop(String publicId) {
    local.remove(publicId);
    shared.remove(publicId);
  }
}
