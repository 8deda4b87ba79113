package dev.weir.usage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings records to the store in batches, on a thread of its own; requests only leave them here. Safe for many threads.
 *
 * <p>While the store cannot be written to they wait, {@link #MOST_PENDING} at most; what comes then is dropped and counted.
 */
public final class UsageWriter implements AutoCloseable {
  /** About 60 MB. */
  static final int MOST_PENDING = 200_000;

  private static final Logger LOG = LoggerFactory.getLogger(UsageWriter.class);
  private static final int BATCH = 1000;
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final UsageSink sink;
  private final Queue<UsageRecord> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  /** Starts the thread. */
  public UsageWriter(UsageSink sink) {
    this.sink = sink;
    this.thread = Thread.ofPlatform().daemon().name("weir-usage").start(this::run);
  }

  /** Leaves a record to be written; returns at once. */
  void add(UsageRecord one) {
    if (pending.incrementAndGet() > MOST_PENDING) {
      drop(1);
      return;
    }
    queue.add(one);
  }

  private void drop(int count) {
    pending.addAndGet(-count);
    dropped.addAndGet(count);
  }

  /** How many records are not written yet. */
  public int pending() {
    return pending.get();
  }

  /** How many records were lost since the start: too many waited, or the store refused them. */
  public long dropped() {
    return dropped.get();
  }

  private void run() {
    try {
      // once more after the end: the last pages may settle a moment later
      for (var last = false; !last; ) {
        last = closed;
        for (var batch = batch(); !batch.isEmpty(); batch = batch()) {
          write(batch);
        }
        Thread.sleep(PAUSE);
      }
      write(batch());
    } catch (InterruptedException _) {
      // the farewell took too long
    }
  }

  private List<UsageRecord> batch() {
    var batch = new ArrayList<UsageRecord>();
    for (var one = queue.poll(); one != null; one = queue.poll()) {
      batch.add(one);
      if (batch.size() == BATCH) {
        break;
      }
    }
    return batch;
  }

  private void write(List<UsageRecord> batch) throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    for (var told = false; ; told = true) {
      try {
        sink.write(batch);
        pending.addAndGet(-batch.size());
        return;
      } catch (UsageSink.Unavailable later) {
        if (!told) {
          LOG.warn("{}; {} records wait", later.getMessage(), pending);
        }
        Thread.sleep(AGAIN);
      } catch (UsageSink.Refused wrong) {
        apart(batch, wrong);
        return;
      } catch (RuntimeException defect) {
        LOG.error("usage was not written", defect);
        drop(batch.size());
        return;
      }
    }
  }

  // one record that cannot be kept must not take the others with it
  private void apart(List<UsageRecord> batch, UsageSink.Refused wrong) throws InterruptedException {
    if (batch.size() == 1) {
      LOG.error("the usage of request {} is lost", batch.getFirst().requestId(), wrong);
      drop(1);
      return;
    }
    var half = batch.size() / 2;
    write(batch.subList(0, half));
    write(batch.subList(half, batch.size()));
  }

  /** Writes what is left, for {@link #FAREWELL} at most. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(FAREWELL)) {
        thread.interrupt();
        LOG.error("{} usage records could not be written and are lost", pending);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
