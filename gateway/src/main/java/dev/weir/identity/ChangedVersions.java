package dev.weir.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.weir.change.Change;
import java.time.Duration;

/**
 * From which version on answers are current: remembers of each level and key that changed the version of its last change, so
 * that an older answer is known as such wherever it comes from. Safe for many threads.
 *
 * <p>This, and not the removal of entries, is what makes a revocation hold: an entry that could not be removed from the shared
 * cache, or that was on its way while the change came, is older than the change.
 */
final class ChangedVersions {
  /** Above this many, all are replaced by one version for everything. */
  private static final long MOST = 20_000;

  private final Cache<String, Long> changed;
  private volatile long everything;

  /**
   * @param entryLife how long any cache may hold an answer: what changed longer ago needs no remembering
   */
  ChangedVersions(Duration entryLife, Ticker ticker) {
    this.changed = Caffeine.newBuilder()
        .expireAfterWrite(entryLife.multipliedBy(2).plusSeconds(10))
        .ticker(ticker)
        .build();
  }

  /** Takes note of a change; the same one may come again. */
  void note(Change change) {
    switch (change.kind()) {
      case API_KEY -> change.publicId().ifPresent(id -> raise(id, change.version()));
      case TENANT, DEPARTMENT, TEAM -> raise(change.id(), change.version());
      // a database that was restored starts at a lower version, and is right
      case EVERYTHING -> everything(change.version());
      case GUARDRAIL_PROFILE, ROUTING_POLICY, API_ROUTE, PROVIDER, MODEL -> {
        // these stand in the snapshot; a key only names them
      }
    }
  }

  private void raise(String id, long version) {
    changed.asMap().merge(id, version, Math::max);
    if (changed.estimatedSize() > MOST) {
      everything(Math.max(everything, version));
    }
  }

  /** No answer older than this version is current. */
  void everything(long version) {
    everything = version;
    changed.invalidateAll();
  }

  /** Whether no change is known that the answer does not show. */
  boolean current(String publicId, KeyAnswer answer) {
    if (answer.version() < everything || answer.version() < of(publicId)) {
      return false;
    }
    if (answer.found().isPresent()) {
      for (var level : answer.found().get().principal().levels()) {
        if (answer.version() < of(level.id())) {
          return false;
        }
      }
    }
    return true;
  }

  private long of(String id) {
    var version = changed.getIfPresent(id);
    return version == null ? 0 : version;
  }
}
