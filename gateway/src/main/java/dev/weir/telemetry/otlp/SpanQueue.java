package dev.weir.telemetry.otlp;

import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.DropCounter;
import dev.weir.telemetry.RequestTrace;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished requests on their way to the collector, at most 2,048; one thread makes spans of them and sends these in batches. Safe
 * for many threads; {@link #offer} never waits.
 */
final class SpanQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);
  private static final int PLACES = 2_048;
  private static final int BATCH = 256;
  private static final long PAUSE_MS = 1_000;
  private static final long PATIENCE_S = 10;

  private final BlockingQueue<FinishedRequest> waiting = new ArrayBlockingQueue<>(PLACES);
  private final SpanExporter exporter;
  private final SpanTree tree;
  private final DropCounter drops;
  private final Clock clock;
  private final Thread sender;
  private volatile boolean closing;

  /** Whether the last batch was taken; the sender's own. */
  private boolean well = true;

  private SpanQueue(SpanExporter exporter, SpanTree tree, DropCounter drops, Clock clock) {
    this.exporter = exporter;
    this.tree = tree;
    this.drops = drops;
    this.clock = clock;
    this.sender = Thread.ofPlatform().daemon().name("otlp-traces").unstarted(this::send);
  }

  static SpanQueue start(SpanExporter exporter, SpanTree tree, DropCounter drops, Clock clock) {
    var queue = new SpanQueue(exporter, tree, drops, clock);
    queue.sender.start();
    return queue;
  }

  /** Takes a request that has ended, or drops it when the collector is behind. */
  void offer(RequestTrace trace, int status, @Nullable GatewayException failure) {
    var elapsed = trace.elapsed();
    var began = TimeUnit.MILLISECONDS.toNanos(clock.millis()) - elapsed;
    if (!waiting.offer(new FinishedRequest(trace, status, failure, began, elapsed))) {
      drops.dropped("queue_full", 1);
    }
  }

  private void send() {
    var batch = new ArrayList<FinishedRequest>(BATCH);
    while (!closing || !waiting.isEmpty()) {
      try {
        var first = waiting.poll(PAUSE_MS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          waiting.drainTo(batch, BATCH - 1);
          send(batch);
        }
      } catch (InterruptedException _) {
        // asked to look whether it is over
      } finally {
        batch.clear();
      }
    }
  }

  private void send(List<FinishedRequest> requests) {
    try {
      var spans = new ArrayList<SpanData>();
      requests.forEach(request -> tree.add(request, spans));
      var taken = exporter.export(spans).join(PATIENCE_S, TimeUnit.SECONDS).isSuccess();
      if (!taken) {
        drops.dropped("export_failed", requests.size());
      }
      if (taken != well) {
        well = taken;
        LOG.warn(
            taken
                ? "the collector takes traces again"
                : "the collector does not take traces; they are dropped");
      }
    } catch (RuntimeException defect) {
      // one batch must not end all that follow
      drops.dropped("export_failed", requests.size());
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      if (!sender.join(Duration.ofSeconds(5))) {
        drops.dropped("shutdown", waiting.size());
        waiting.clear();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    var _ = exporter.shutdown();
  }
}
