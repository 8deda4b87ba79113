package dev.weir.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The first tier: keys resolved on this instance, the unknown ones too. Safe for many threads; concurrent misses of one key
 * load once.
 *
 * <p>An entry older than its time to live is loaded again; while the source cannot answer it is served on, up to the stale
 * limit. An invalidation that arrives during a load wins over what the load brings.
 */
public final class LocalKeyCache {
  private final Settings settings;
  private final Ticker ticker;
  private final Cache<String, Entry> entries;
  private final AtomicLong generation = new AtomicLong();
  private final AtomicLong sweeps = new AtomicLong();

  /**
   * @param maxEntries least recently used ones leave first
   * @param timeToLive how long an entry is served without asking
   * @param negativeTimeToLive the same for keys that do not exist
   * @param staleMax how long an entry is served at most while nobody can be asked
   */
  public record Settings(
      long maxEntries, Duration timeToLive, Duration negativeTimeToLive, Duration staleMax) {
    public static final Settings DEFAULT =
        new Settings(10_000, Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofMinutes(15));
  }

  /** What a look-up brought, and whether it came from here. */
  public record Lookup(Optional<KeyRecord> found, boolean hit) {}

  /** Generation of an entry that a change overtook while it was loaded: used once, then asked for again. */
  private static final long OVERTAKEN = -1;

  /** How long an entry is served on after the source failed, before it is asked again. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Times by the ticker; {@code servedUntil} is 0 unless the source failed. */
  private record Entry(Optional<KeyRecord> found, long at, long generation, long servedUntil) {}

  public LocalKeyCache(Settings settings, Ticker ticker) {
    this.settings = settings;
    this.ticker = ticker;
    this.entries = Caffeine.newBuilder()
        .maximumSize(settings.maxEntries())
        .expireAfterWrite(settings.staleMax())
        .ticker(ticker)
        .build();
  }

  /**
   * The entry of this key, loaded when there is none that is fresh.
   *
   * @throws KeySource.Unavailable when it must be loaded, cannot be, and nothing stale is there
   */
  public Lookup get(String publicId, Function<String, Optional<KeyRecord>> source) {
    var present = entries.getIfPresent(publicId);
    if (present != null && fresh(present)) {
      return new Lookup(present.found(), true);
    }
    var loaded = new boolean[1];
    var entry = entries.asMap().compute(publicId, (id, old) -> {
      if (old != null && fresh(old)) {
        return old;
      }
      loaded[0] = true;
      return load(id, old, source);
    });
    return new Lookup(entry.found(), !loaded[0]);
  }

  private Entry load(
      String publicId, @Nullable Entry old, Function<String, Optional<KeyRecord>> source) {
    // read before the load: what is changed while it runs makes the entry old at once
    var before = generation.get();
    var sweepsBefore = sweeps.get();
    var at = ticker.read();
    try {
      var found = source.apply(publicId);
      return new Entry(found, at, sweeps.get() == sweepsBefore ? before : OVERTAKEN, 0);
    } catch (KeySource.Unavailable failure) {
      if (old == null || old.found().isEmpty() || old.generation() == OVERTAKEN || tooOld(old)) {
        throw failure;
      }
      // without this every request would wait for the source in turn
      return new Entry(old.found(), old.at(), old.generation(), ticker.read() + RETRY.toNanos());
    }
  }

  private boolean tooOld(Entry entry) {
    return ticker.read() - entry.at() > settings.staleMax().toNanos();
  }

  private boolean fresh(Entry entry) {
    if (entry.servedUntil() != 0) {
      return ticker.read() - entry.servedUntil() < 0;
    }
    var age = ticker.read() - entry.at();
    var limit = entry.found().isPresent() ? settings.timeToLive() : settings.negativeTimeToLive();
    return entry.generation() == generation.get() && age < limit.toNanos();
  }

  /** Forgets one key. */
  public void invalidate(String publicId) {
    entries.asMap().computeIfPresent(publicId, (_, _) -> null);
  }

  /** Forgets the keys that the test picks; keys not known to exist are forgotten always, since they may exist now. */
  public void invalidateIf(Predicate<KeyRecord> changed) {
    sweeps.incrementAndGet();
    entries
        .asMap()
        .entrySet()
        .removeIf(entry -> entry.getValue().found().map(changed::test).orElse(true));
  }

  /** Has every entry asked for again before it is served; they stay for the time when nobody can be asked. */
  public void expireAll() {
    generation.incrementAndGet();
  }

  public long size() {
    return entries.estimatedSize();
  }
}
