package dev.weir.telemetry;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lines on their way to a sink that may be slow, written by a thread of its own. Safe for many threads; a line that finds the
 * queue full is dropped and counted, and nobody waits.
 */
final class LogQueue extends AsyncAppender {
  /** Lines of this process that were dropped, whether for a full queue or a full disk: logging is the process's, not a gateway's. */
  static final LongAdder DROPPED = new LongAdder();

  LogQueue(int places) {
    setQueueSize(places);
    setNeverBlock(true);
    setDiscardingThreshold(0);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (getRemainingCapacity() == 0) {
      DROPPED.increment();
    } else {
      super.append(event);
    }
  }
}
