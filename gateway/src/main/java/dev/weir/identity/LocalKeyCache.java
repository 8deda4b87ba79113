package dev.weir.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The first tier: keys resolved on this instance, the unknown ones too. Safe for many threads; concurrent misses of one key
 * load once.
 *
 * <p>An entry older than its time to live is loaded again; while the source cannot answer it is served on, up to the stale
 * limit.
 */
public final class LocalKeyCache {
  private final Settings settings;
  private final Ticker ticker;
  private final Cache<String, Entry> entries;

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

  /** How long an entry is served on after the source failed, before it is asked again. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Times by the ticker; {@code servedUntil} is 0 unless the source failed. */
  private record Entry(Optional<KeyRecord> found, long at, long servedUntil) {}

  public LocalKeyCache(Settings settings, Ticker ticker) {
    this.settings = settings;
    this.ticker = ticker;
    this.entries = Caffeine.newBuilder()
        .maximumSize(settings.maxEntries())
        .expireAfterWrite(settings.staleMax())
        .ticker(ticker)
        .build();
  }

  /** The record held of this key, if it is fresh; nobody is asked. */
  public Optional<KeyRecord> held(String publicId) {
    var present = entries.getIfPresent(publicId);
    return present != null && fresh(present) ? present.found() : Optional.empty();
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
    var at = ticker.read();
    try {
      return new Entry(source.apply(publicId), at, 0);
    } catch (KeySource.Unavailable failure) {
      if (old == null || old.found().isEmpty() || tooOld(old)) {
        throw failure;
      }
      // without this every request would wait for the source in turn
      return new Entry(old.found(), old.at(), ticker.read() + RETRY.toNanos());
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
    return age < limit.toNanos();
  }
}
