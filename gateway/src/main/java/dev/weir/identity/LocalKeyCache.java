package dev.weir.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The first tier: keys resolved on this instance, and unknown ones in a part of their own, so that a flood of those pushes no
 * key out. Safe for many threads.
 *
 * <p>An entry older than its time to live is no longer served; it is kept up to the stale limit for the time when nobody can
 * be asked.
 */
public final class LocalKeyCache {
  private static final int LEAST_UNKNOWN = 100;

  private final Settings settings;
  private final Ticker ticker;
  private final Cache<String, Entry> known;
  private final Cache<String, Entry> unknown;

  /**
   * @param maxEntries least recently used ones leave first; a tenth as many unknown keys are remembered besides
   * @param timeToLive how long an entry is served without asking
   * @param negativeTimeToLive the same for keys that do not exist
   * @param staleMax how long an entry is served at most while nobody can be asked
   */
  public record Settings(
      long maxEntries, Duration timeToLive, Duration negativeTimeToLive, Duration staleMax) {
    public static final Settings DEFAULT =
        new Settings(10_000, Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofMinutes(15));
  }

  /** {@code at}: when the store said so, by the ticker. */
  private record Entry(KeyAnswer answer, long at) {}

  public LocalKeyCache(Settings settings, Ticker ticker) {
    this.settings = settings;
    this.ticker = ticker;
    this.known = cache(settings.maxEntries(), settings.staleMax(), ticker);
    this.unknown = cache(
        Math.max(LEAST_UNKNOWN, settings.maxEntries() / 10), settings.negativeTimeToLive(), ticker);
  }

  private static Cache<String, Entry> cache(long max, Duration life, Ticker ticker) {
    return Caffeine.newBuilder()
        .maximumSize(max)
        .expireAfterWrite(life)
        .ticker(ticker)
        .build();
  }

  /** The record held of this key, if it is fresh; nobody is asked. */
  public Optional<KeyRecord> held(String publicId) {
    var entry = known.getIfPresent(publicId);
    return entry != null && age(entry) < settings.timeToLive().toNanos()
        ? entry.answer().found()
        : Optional.empty();
  }

  /** Whether the key is remembered as one that does not exist. */
  boolean isUnknown(String publicId) {
    var entry = unknown.getIfPresent(publicId);
    return entry != null && age(entry) < settings.negativeTimeToLive().toNanos();
  }

  /** What was held of an existing key when nobody could be asked, whatever its time to live. */
  @Nullable
  KeyAnswer stale(String publicId) {
    var entry = known.getIfPresent(publicId);
    return entry != null && age(entry) < settings.staleMax().toNanos() ? entry.answer() : null;
  }

  /** How long ago the store said what is held of this key; the stale limit when nothing is held. */
  Duration age(String publicId) {
    var entry = known.getIfPresent(publicId);
    return entry == null ? settings.staleMax() : Duration.ofNanos(age(entry));
  }

  private long age(Entry entry) {
    return ticker.read() - entry.at();
  }

  /**
   * Holds an answer.
   *
   * @param age how long ago the store gave it
   */
  void put(String publicId, KeyAnswer answer, Duration age) {
    var entry = new Entry(answer, ticker.read() - age.toNanos());
    if (answer.found().isPresent()) {
      known.put(publicId, entry);
      unknown.invalidate(publicId);
    } else {
      unknown.put(publicId, entry);
      known.invalidate(publicId);
    }
  }

  void remove(String publicId) {
    known.invalidate(publicId);
    unknown.invalidate(publicId);
  }

  /** Removes what the condition holds for: some microseconds a thousand entries. */
  void removeIf(BiPredicate<String, KeyAnswer> condition) {
    known
        .asMap()
        .entrySet()
        .removeIf(one -> condition.test(one.getKey(), one.getValue().answer()));
    unknown
        .asMap()
        .entrySet()
        .removeIf(one -> condition.test(one.getKey(), one.getValue().answer()));
  }
}
