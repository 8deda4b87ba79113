package dev.weir.declared;

import dev.weir.config.ConfigFailure;
import dev.weir.config.ConfigFile;
import dev.weir.config.GatewayConfig;
import dev.weir.config.WrittenConfig;
import dev.weir.guardrail.Detectors;
import dev.weir.protocol.GatewayException;
import dev.weir.provider.Reach;
import dev.weir.provider.Vendors;
import dev.weir.store.DeclarationRefused;
import dev.weir.store.DeclaredResources;
import dev.weir.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the database in step with one configuration file: at the start, when the file changes, and when it is told to. Safe for
 * many threads.
 *
 * <p>The file is read once a second and not watched by the system: mounted volumes and links of Kubernetes are seen so too. A
 * file is applied once it has stood still for a second, so that half of a file is not. One that is wrong changes nothing.
 */
public final class DeclaredFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeclaredFile.class);

  private final Path file;
  private final Map<String, String> environment;
  private final Stores stores;
  private final Checks checks;
  private final Listener listener;
  private final Duration poll;
  private final Thread thread;
  private byte[] seen = {};
  private byte[] handled = {};
  private GatewayConfig settings = GatewayConfig.DEFAULT;
  private final Semaphore asked = new Semaphore(0);

  /** How a reload ended. */
  public enum Outcome {
    APPLIED,
    UNCHANGED,
    REFUSED
  }

  /**
   * What other packages know of a file's objects.
   *
   * @param rows looks at what they mean together
   */
  public record Checks(Vendors vendors, DeclaredResources.Check rows) {}

  /** Hears of each reload. Must be quick. */
  @FunctionalInterface
  public interface Listener {
    void reloaded(Outcome outcome);
  }

  /**
   * @param poll how often the file is looked at
   */
  public DeclaredFile(
      Path file,
      Map<String, String> environment,
      Stores stores,
      Checks checks,
      Listener listener,
      Duration poll) {
    this.file = file;
    this.environment = Map.copyOf(environment);
    this.stores = stores;
    this.checks = checks;
    this.listener = listener;
    this.poll = poll;
    this.thread = Thread.ofPlatform().daemon().name("weir-config-file").unstarted(this::follow);
  }

  /**
   * Applies the file for the first time; from then on {@link #start} follows it.
   *
   * @throws ConfigFailure with file, line and path of what is wrong
   */
  public synchronized void apply() {
    handled = bytes();
    seen = handled;
    var written = ConfigFile.read(Optional.of(file), environment);
    settings = written.config().settings();
    var _ = applied(written);
  }

  /**
   * Looks at what a file declares without any database.
   *
   * @throws ConfigFailure with file, line and path of what is wrong
   */
  public static void check(WrittenConfig written, Vendors vendors) {
    var any = new JsonMapper().createObjectNode();
    var _ = Declaration.rows(written, _ -> Optional.of(any), detectors(written), vendors);
  }

  /** Follows the file from now on. */
  public void start() {
    thread.start();
  }

  /** Has the file be applied now, whether it changed or not. */
  public void ask() {
    asked.release();
  }

  private static Detectors detectors(WrittenConfig written) {
    return Detectors.forReading(
        written.config().providers().allowPrivateNetworks() ? Reach.ANYWHERE : Reach.PUBLIC);
  }

  private DeclaredResources.Applied applied(WrittenConfig written) {
    var rows =
        Declaration.rows(written, stores::columnsOfKey, detectors(written), checks.vendors());
    try {
      return stores.declared().apply(name(), rows, checks.rows());
    } catch (DeclarationRefused refused) {
      throw written.failure(refused.path(), String.valueOf(refused.getMessage()));
    }
  }

  private String name() {
    return String.valueOf(file.getFileName());
  }

  private void follow() {
    while (true) {
      try {
        if (asked.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS) || isNew()) {
          var _ = reload();
        }
      } catch (InterruptedException _) {
        return;
      } catch (GatewayException later) {
        LOG.warn("{} is applied later: {}", file, later.getMessage());
      } catch (RuntimeException defect) {
        LOG.error("{} was not applied", file, defect);
      }
    }
  }

  // new, and as it was a look before: nobody is writing it any more
  private synchronized boolean isNew() {
    var now = bytes();
    var still = Arrays.equals(now, seen);
    seen = now;
    return still && !Arrays.equals(now, handled);
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException gone) {
      // while it is replaced there may be none for a moment; one that is gone declares what it did
      return seen;
    }
  }

  /** Applies the file as it is; one that is wrong changes nothing, and is told of in log, audit log and metric. */
  public synchronized Outcome reload() {
    var content = bytes();
    Outcome outcome;
    try {
      var written = ConfigFile.read(Optional.of(file), environment);
      var done = applied(written);
      warnOfSettings(written.config().settings());
      outcome = done.nothing() ? Outcome.UNCHANGED : Outcome.APPLIED;
      LOG.info(
          "{} applied: {} made, {} changed, {} deleted",
          file,
          done.made(),
          done.changed(),
          done.deleted());
    } catch (ConfigFailure refused) {
      outcome = Outcome.REFUSED;
      LOG.error("{} was not applied, what held before holds on: {}", file, refused.getMessage());
      stores.declared().refused(name(), String.valueOf(refused.getMessage()));
    }
    handled = content;
    seen = content;
    listener.reloaded(outcome);
    return outcome;
  }

  private void warnOfSettings(GatewayConfig now) {
    if (!now.equals(settings)) {
      LOG.warn("{} changes settings, which take effect at the next start", file);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
