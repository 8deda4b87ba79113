package dev.weir.fault;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open. */
public final class LogLines implements AutoCloseable {
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  public LogLines() {
    lines.start();
    root.addAppender(lines);
  }

  /** Messages, and what was thrown with them. */
  public List<String> texts() {
    return List.copyOf(lines.list).stream()
        .flatMap(event -> event.getThrowableProxy() == null
            ? Stream.of(event.getFormattedMessage())
            : Stream.of(event.getFormattedMessage(), event.getThrowableProxy().getMessage()))
        .map(String::valueOf)
        .toList();
  }

  @Override
  public void close() {
    root.detachAppender(lines);
  }
}
