package dev.weir.snapshot;

import dev.weir.change.Change;
import dev.weir.change.ChangeListener;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.provider.Provider;
import dev.weir.routing.TargetHealth;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the snapshot in step with the database: hears of changes, reads what they touch, publishes the next one; on a thread
 * of its own, never on a request's. Safe for many threads.
 *
 * <p>What cannot be read is tried again until it can be: until then the snapshot before holds.
 */
public final class SnapshotKeeper implements ChangeListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotKeeper.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  /** Above this many tenants at once everything is read in one go. */
  private static final int MOST_SINGLE = 200;

  private final DocumentSource source;
  private final SnapshotCompiler compiler;
  private final Snapshots snapshots;
  private final Observer observer;
  private final Thread thread;
  private volatile boolean closed;

  private final Object lock = new Object();
  private Work waiting = Work.none();

  /**
   * What is to be read again: tenants, and larger parts.
   *
   * @param upTo the last change that it is for
   */
  private record Work(Set<String> tenants, Set<Part> parts, long upTo) {
    static Work none() {
      return new Work(new HashSet<>(), new HashSet<>(), 0);
    }

    boolean isEmpty() {
      return tenants.isEmpty() && parts.isEmpty();
    }

    Work upTo(long version) {
      return new Work(tenants, parts, Math.max(upTo, version));
    }
  }

  private enum Part {
    PROVIDERS,
    EVERYTHING
  }

  /** Hears of what the keeper does. Must be quick. */
  public interface Observer {
    /** A snapshot was published, after this much reading and compiling. */
    void published(Snapshot snapshot, Duration took);

    /** A document did not compile; what its last version said stays in force. */
    void failed(Document document, String reason);
  }

  public SnapshotKeeper(
      DocumentSource source,
      List<Provider> configured,
      Function<Document.ProviderRow, Provider> providers,
      ProfileBook guardrails,
      TargetHealth health,
      Clock clock,
      Observer observer) {
    this.source = source;
    this.observer = observer;
    this.compiler = new SnapshotCompiler(
        configured,
        providers,
        health,
        clock,
        new TenantCompiler(guardrails, observer::failed),
        observer::failed);
    this.snapshots = new Snapshots(compiler.empty());
    this.thread = Thread.ofPlatform().daemon().name("weir-snapshot").unstarted(this::run);
  }

  /**
   * Reads everything for the first time, then follows changes.
   *
   * @throws DocumentSource.Unavailable when the store cannot answer now
   */
  public void start() {
    var start = System.nanoTime();
    publish(compiler.all(source.all(), snapshots.current()), start);
    thread.start();
  }

  public Snapshots snapshots() {
    return snapshots;
  }

  @Override
  public void changed(List<Change> changes) {
    synchronized (lock) {
      changes.forEach(this::note);
      waiting = waiting.upTo(changes.getLast().version());
      lock.notifyAll();
    }
  }

  private void note(Change change) {
    switch (change.kind()) {
      case TENANT, DEPARTMENT, TEAM, API_KEY, GUARDRAIL_PROFILE, ROUTING_POLICY, API_ROUTE ->
        change.tenantId().ifPresent(waiting.tenants()::add);
      case PROVIDER, MODEL -> waiting.parts().add(Part.PROVIDERS);
      case EVERYTHING -> waiting.parts().add(Part.EVERYTHING);
    }
    if (waiting.tenants().size() > MOST_SINGLE) {
      waiting.parts().add(Part.EVERYTHING);
    }
  }

  private void run() {
    try {
      while (!closed) {
        var work = take();
        try {
          rebuild(work);
        } catch (DocumentSource.Unavailable failure) {
          again(work);
          if (!closed) {
            LOG.warn("the snapshot stays as it is: {}", failure.reason());
          }
          Thread.sleep(RETRY);
        } catch (RuntimeException failure) {
          // a mistake of ours must not end the thread: the next change may be compiled well
          LOG.error("the snapshot stays as it is", failure);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Work take() throws InterruptedException {
    synchronized (lock) {
      while (waiting.isEmpty()) {
        lock.wait();
      }
      var work = waiting;
      waiting = Work.none();
      return work;
    }
  }

  private void again(Work work) {
    synchronized (lock) {
      waiting.tenants().addAll(work.tenants());
      waiting.parts().addAll(work.parts());
      waiting = waiting.upTo(work.upTo());
    }
  }

  private void rebuild(Work work) {
    var start = System.nanoTime();
    var before = snapshots.current();
    var tenants = work.tenants();
    // not the version that is read: of changes that nobody told of yet only some are in it
    var version = Math.max(before.version(), work.upTo());
    if (work.parts().contains(Part.EVERYTHING)) {
      publish(compiler.all(source.all(), before), start);
    } else if (work.parts().contains(Part.PROVIDERS)) {
      publish(compiler.providers(tenants, source.providers(tenants), version, before), start);
    } else {
      publish(compiler.tenants(tenants, source.tenants(tenants), version, before), start);
    }
  }

  private void publish(Snapshot next, long start) {
    snapshots.publish(next);
    observer.published(next, Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
