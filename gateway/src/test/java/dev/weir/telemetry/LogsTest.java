package dev.weir.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

class LogsTest {
  @TempDir
  private Path folder = Path.of("");

  @AfterEach
  void as_the_other_tests_have_it() throws Exception {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
  }

  @Test
  void one_file_has_the_access_lines_as_they_are_and_what_the_gateway_says_as_json()
      throws IOException {
    try (var logs = Logs.to(folder)) {
      logs.accessLines().accept("{\"event\":\"request\",\"latency_ms\":1.5}");
      LoggerFactory.getLogger("dev.weir.declared.DeclaredFile").info("weir.yaml applied: 1 made");
      LoggerFactory.getLogger("dev.weir.x").error("broken", new IllegalStateException("why"));
      LoggerFactory.getLogger("org.other").info("chatter");
    }
    var lines = Files.readAllLines(folder.resolve("gateway.log"));
    assertThat(lines).hasSize(3).first().isEqualTo("{\"event\":\"request\",\"latency_ms\":1.5}");
    var json = new JsonMapper();
    var reload = json.readTree(lines.get(1));
    assertThat(reload.get("event").asString()).isEqualTo("log");
    assertThat(reload.get("level").asString()).isEqualTo("INFO");
    assertThat(reload.get("ts").asString()).isNotEmpty();
    assertThat(reload.get("message").asString()).isEqualTo("weir.yaml applied: 1 made");
    assertThat(json.readTree(lines.get(2)).get("stack_trace").asString()).contains("why");
  }

  /** The log's file where only its size has it rolled: the date of a device is not today's. */
  private static LogQueue queueTo(LoggerContext context, Path file) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    var appender = new LogFile();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    var policy = new FixedWindowRollingPolicy();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(file.resolveSibling("old.%i.log").toString());
    policy.start();
    var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
    size.setContext(context);
    size.start();
    appender.setRollingPolicy(policy);
    appender.setTriggeringPolicy(size);
    appender.start();
    var queue = new LogQueue(1_000);
    queue.setContext(context);
    queue.addAppender(appender);
    queue.start();
    return queue;
  }

  @Test
  void x06_a_full_disk_costs_lines_that_are_counted_and_no_time() throws Exception {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var file = folder.resolve("gateway.log");
    Files.createSymbolicLink(file, Path.of("/dev/full"));
    var queue = queueTo(context, file);
    var logger = context.getLogger("disk");
    logger.setAdditive(false);
    logger.addAppender(queue);
    var before = LogQueue.DROPPED.sum();
    var began = System.nanoTime();
    for (var i = 0; i < 100; i++) {
      logger.warn("lost");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    await().untilAsserted(() -> assertThat(LogQueue.DROPPED.sum() - before).isEqualTo(100));
    // room again: the file is opened anew, with no hand on it
    Files.delete(file);
    await().untilAsserted(() -> {
      logger.warn("found");
      assertThat(file).exists().content().contains("found");
    });
    queue.stop();
  }

  @Test
  void x13_a_slow_sink_is_not_waited_for() throws Exception {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var taken = new CountDownLatch(1);
    var stuck = new AppenderBase<ILoggingEvent>() {
      @Override
      protected void append(ILoggingEvent event) {
        try {
          var _ = taken.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
    };
    stuck.start();
    var queue = new LogQueue(100);
    queue.setContext(context);
    queue.addAppender(stuck);
    queue.start();
    var logger = context.getLogger("slow");
    logger.setAdditive(false);
    logger.addAppender(queue);
    var before = LogQueue.DROPPED.sum();
    var began = System.nanoTime();
    for (var i = 0; i < 10_000; i++) {
      logger.warn("line");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    assertThat(LogQueue.DROPPED.sum() - before).isBetween(9_700L, 9_900L);
    taken.countDown();
    queue.stop();
  }
}
