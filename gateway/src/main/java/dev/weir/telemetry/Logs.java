package dev.weir.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go: {@code gateway.log} in JSON, the console in plain text. Safe for many threads.
 *
 * <p>Writing happens on a thread of its own; when the disk is slow or full, lines are dropped and requests go on.
 */
public final class Logs implements AutoCloseable {
  private static final String ACCESS = "access";
  private static final int QUEUE = 8192;

  private final LoggerContext context;
  private final Logger access;

  private Logs(LoggerContext context) {
    this.context = context;
    this.access = LoggerFactory.getLogger(ACCESS);
  }

  /** Sends everything to a folder and the console from now on. */
  public static Logs to(Path folder) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(async(context, console(context)));
    var file = async(context, file(context, folder));
    root.addAppender(file);
    var access = context.getLogger(ACCESS);
    access.setLevel(Level.INFO);
    access.setAdditive(false);
    access.addAppender(file);
    context.getLogger("dev.weir").setLevel(Level.INFO);
    context.getLogger("com.zaxxer.hikari").setLevel(Level.ERROR);
    context.getLogger("org.flywaydb").setLevel(Level.ERROR);
    return new Logs(context);
  }

  /** Has a command's output be its own: only warnings are said, and on the error stream. */
  public static void quiet() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    var errors = console(context);
    errors.stop();
    errors.setTarget("System.err");
    errors.start();
    root.addAppender(errors);
    context.getLogger("com.zaxxer.hikari").setLevel(Level.ERROR);
    context.getLogger("org.flywaydb").setLevel(Level.ERROR);
  }

  /** Takes access lines; returns at once. */
  public Consumer<String> accessLines() {
    return access::info;
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setEncoder(pattern(context, "%d{HH:mm:ss} %-5level %msg%n%nopex"));
    appender.start();
    return appender;
  }

  private static Appender<ILoggingEvent> file(LoggerContext context, Path folder) {
    var appender = new LogFile();
    appender.setContext(context);
    appender.setFile(folder.resolve("gateway.log").toString());
    appender.setEncoder(lines(context));
    var policy = new SizeAndTimeBasedRollingPolicy<ILoggingEvent>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(folder.resolve("gateway.%d{yyyy-MM-dd}.%i.log.gz").toString());
    policy.setMaxFileSize(FileSize.valueOf("100MB"));
    policy.setMaxHistory(14);
    policy.setTotalSizeCap(FileSize.valueOf("2GB"));
    policy.start();
    appender.setRollingPolicy(policy);
    appender.start();
    return appender;
  }

  /** Access lines as they come, which are JSON already; everything else as an event of that form. */
  private static final class Lines extends LogstashEncoder {
    @Override
    public byte[] encode(ILoggingEvent event) {
      return event.getLoggerName().equals(ACCESS)
          ? (event.getFormattedMessage() + "\n").getBytes(StandardCharsets.UTF_8)
          : super.encode(event);
    }
  }

  private static Lines lines(LoggerContext context) {
    var encoder = new Lines();
    encoder.setContext(context);
    encoder.getFieldNames().setTimestamp("ts");
    encoder.getFieldNames().setVersion("[ignore]");
    encoder.getFieldNames().setLevelValue("[ignore]");
    encoder.setCustomFields("{\"event\":\"log\"}");
    encoder.start();
    return encoder;
  }

  private static PatternLayoutEncoder pattern(LoggerContext context, String pattern) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    return encoder;
  }

  private static Appender<ILoggingEvent> async(
      LoggerContext context, Appender<ILoggingEvent> behind) {
    var appender = new LogQueue(QUEUE);
    appender.setContext(context);
    appender.addAppender(behind);
    appender.start();
    return appender;
  }

  /** Writes what is queued, and stops. */
  @Override
  public void close() {
    context.stop();
  }
}
