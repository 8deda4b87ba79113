package dev.weir;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.weir.guardrail.profile.BuiltInProfiles;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.identity.ApiKeyFormat;
import dev.weir.identity.KeyRing;
import dev.weir.identity.KeySource;
import dev.weir.identity.LocalKeyCache;
import dev.weir.identity.SharedKeyCache;
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
import dev.weir.telemetry.SnapshotMetrics;
import java.time.Clock;
import java.time.Duration;
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
  private final KeyRing keyRing;
  private final DocumentStore documents;
  private final SnapshotKeeper keeper;
  private @Nullable ChangeFeed feed;

  /**
   * @param health of the targets that requests are routed to
   */
  Tenancy(
      Gateway.Settings settings,
      Database database,
      Metrics metrics,
      TargetHealth health,
      Clock clock) {
    this.database = database;
    this.keyRing = new KeyRing(
        new ApiKeyFormat(settings.hasher()),
        settings.hasher(),
        new LocalKeyCache(settings.keyCache(), Ticker.systemTicker()),
        SharedKeyCache.NONE,
        timed(new KeyStore(database), metrics),
        clock);
    this.documents = new DocumentStore(database, settings.encryption()::open);
    this.keeper = new SnapshotKeeper(
        documents,
        settings.providers(),
        new StoredProviders(settings.adminProviders()),
        ProfileBook.of(List.of(), new BuiltInProfiles(settings.detectors()), Optional.empty()),
        health,
        clock,
        watched(metrics.snapshot()));
  }

  /**
   * Reads what the database says, and follows it from there.
   *
   * @throws dev.weir.snapshot.DocumentSource.Unavailable when the database cannot be read
   */
  void start() {
    keeper.start();
    feed = ChangeFeed.start(database, snapshots().current().version(), keeper);
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
  }
}
