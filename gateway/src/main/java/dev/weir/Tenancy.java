package dev.weir;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.weir.change.ChangeListener;
import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.profile.BuiltInProfiles;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.identity.ApiKeyFormat;
import dev.weir.identity.KeyResolver;
import dev.weir.identity.KeyRing;
import dev.weir.identity.KeySource;
import dev.weir.identity.LocalKeyCache;
import dev.weir.identity.RedisKeyCache;
import dev.weir.identity.SharedKeyCache;
import dev.weir.redis.RedisChanges;
import dev.weir.redis.RedisLink;
import dev.weir.redis.RedisObserver;
import dev.weir.redis.RedisSeal;
import dev.weir.routing.TargetHealth;
import dev.weir.snapshot.Document;
import dev.weir.snapshot.Snapshot;
import dev.weir.snapshot.SnapshotKeeper;
import dev.weir.snapshot.Snapshots;
import dev.weir.store.ChangeFeed;
import dev.weir.store.Database;
import dev.weir.store.DocumentStore;
import dev.weir.store.KeyStore;
import dev.weir.telemetry.Metrics;
import dev.weir.telemetry.RedisMetrics;
import dev.weir.telemetry.SnapshotMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway knows of tenants, and keeps in step with the database: the key ring, the snapshots, and the feed of changes
 * behind both. Safe for many threads once it is started.
 */
final class Tenancy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tenancy.class);

  private final Database database;
  private final KeyResolver resolver;
  private final KeyRing keyRing;
  private final DocumentStore documents;
  private final SnapshotKeeper keeper;
  private final Optional<RedisLink> redis;
  private final List<ChangeListener> listeners;
  private @Nullable ChangeFeed feed;

  /**
   * @param health of the targets that requests are routed to
   */
  Tenancy(
      Gateway.Settings settings,
      Detectors detectors,
      Database database,
      Metrics metrics,
      TargetHealth health,
      Clock clock) {
    this.database = database;
    var ticker = Ticker.systemTicker();
    var seal = new RedisSeal(settings.hasher().sharingKey());
    this.redis = settings.redis().map(where -> RedisLink.open(where, watched(metrics.redis())));
    this.resolver = new KeyResolver(
        new LocalKeyCache(settings.keyCache(), ticker),
        redis
            .<SharedKeyCache>map(link -> new RedisKeyCache(link, seal, settings.keyCache(), clock))
            .orElse(SharedKeyCache.NONE),
        timed(new KeyStore(database), metrics),
        settings.keyCache().timeToLive(),
        ticker);
    this.keyRing =
        new KeyRing(new ApiKeyFormat(settings.hasher()), settings.hasher(), resolver, clock);
    this.documents = new DocumentStore(database, settings.encryption()::open);
    this.keeper = new SnapshotKeeper(
        documents,
        settings.providers(),
        new StoredProviders(settings.adminProviders()),
        ProfileBook.of(
            List.of(), new BuiltInProfiles(detectors), settings.guardrails().defaultProfile()),
        health,
        clock,
        watched(metrics.snapshot()));
    // keys first: a revocation does not wait for a snapshot
    var all = new ArrayList<ChangeListener>(List.of(resolver));
    redis.ifPresent(link -> all.add(RedisChanges.between(link, seal, resolver)));
    all.add(keeper);
    this.listeners = List.copyOf(all);
  }

  /**
   * Reads what the database says, and follows it from there.
   *
   * @throws dev.weir.snapshot.DocumentSource.Unavailable when the database cannot be read
   */
  void start() {
    keeper.start();
    var version = snapshots().current().version();
    resolver.startAt(version);
    feed = ChangeFeed.start(
        database, version, changes -> listeners.forEach(one -> one.changed(changes)));
  }

  KeyRing keyRing() {
    return keyRing;
  }

  /** What the next snapshot will be made of. */
  DocumentStore documents() {
    return documents;
  }

  Snapshots snapshots() {
    return keeper.snapshots();
  }

  private static KeySource timed(KeyStore store, Metrics metrics) {
    return publicId -> {
      var start = System.nanoTime();
      try {
        return store.find(publicId);
      } finally {
        metrics.keyStatement(Duration.ofNanos(System.nanoTime() - start));
      }
    };
  }

  private static RedisObserver watched(RedisMetrics metrics) {
    return new RedisObserver() {
      @Override
      public void circuit(State state) {
        switch (state) {
          case CLOSED -> metrics.closed();
          case OPEN -> metrics.opened();
        }
      }

      @Override
      public void failed(String reason) {
        metrics.failed(reason);
      }
    };
  }

  private static SnapshotKeeper.Observer watched(SnapshotMetrics metrics) {
    return new SnapshotKeeper.Observer() {
      @Override
      public void published(Snapshot snapshot, Duration took) {
        metrics.published(snapshot.version(), took);
      }

      @Override
      public void failed(Document document, String reason) {
        metrics.failed(document.kind());
        LOG.warn(
            "{} {} version {} cannot be used, what held before stays: {}",
            document.kind(),
            document.id(),
            document.version(),
            reason);
      }
    };
  }

  @Override
  public void close() {
    if (feed != null) {
      feed.close();
    }
    keeper.close();
    redis.ifPresent(RedisLink::close);
  }
}
