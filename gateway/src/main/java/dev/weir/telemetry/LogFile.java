package dev.weir.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.recovery.ResilientFileOutputStream;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.File;
import java.io.IOException;

/**
 * The log's file: rolled by size and day, opened again after a failure, with a count of the lines that a full disk cost. Used by
 * one writing thread.
 */
final class LogFile extends RollingFileAppender<ILoggingEvent> {
  @Override
  public void openFile(String name) throws IOException {
    super.openFile(name);
    var stream = new Counting(new File(name), DEFAULT_BUFFER_SIZE);
    stream.setContext(context);
    setOutputStream(stream);
  }

  /** Swallows failures as its parent does, and counts. */
  private static final class Counting extends ResilientFileOutputStream {
    private boolean failing;

    Counting(File file, long buffer) throws IOException {
      super(file, true, buffer);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      // the write that opens the file again is itself lost
      failing = !presumedClean;
      super.write(bytes, offset, length);
    }

    @Override
    public void flush() {
      super.flush();
      if (failing || !presumedClean) {
        LogQueue.DROPPED.increment();
      }
    }
  }
}
