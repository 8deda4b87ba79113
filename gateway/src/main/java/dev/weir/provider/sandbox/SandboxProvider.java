package dev.weir.provider.sandbox;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Operation;
import dev.weir.protocol.Reply;
import dev.weir.provider.LocalProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Answers without any model: the same question gets the same answer. Safe for many threads.
 *
 * <p>A token is a run of characters without white space; usage follows from that exactly.
 */
public final class SandboxProvider implements LocalProvider {
  /** What {@code sandbox-slow} waits before its first event, and between two. */
  public static final Duration SLOW_FIRST = Duration.ofSeconds(1);

  public static final Duration SLOW_BETWEEN = Duration.ofMillis(100);

  private static final List<String> MODELS = List.of(
      "sandbox-echo",
      "sandbox-slow",
      "sandbox-flaky",
      "sandbox-error",
      "sandbox-tools",
      "sandbox-json",
      "sandbox-reasoning",
      "sandbox-long");

  private final ScheduledExecutorService pace;
  private final Clock clock;
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong flakyCalls = new AtomicLong();

  /** Slow models are paced by this executor. */
  public SandboxProvider(ScheduledExecutorService pace, Clock clock) {
    this.pace = pace;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "sandbox";
  }

  @Override
  public List<String> models() {
    return MODELS;
  }

  @Override
  public Reply answer(Operation operation, String model, byte[] body) {
    if (operation != Operation.CHAT_COMPLETIONS) {
      throw GatewayException.of(
              ErrorCode.UPSTREAM_INVALID_REQUEST,
              "The sandbox answers chat completions only; weir-minilm-l6 makes embeddings.")
          .param("model");
    }
    var question = SandboxQuestion.read(body);
    var completion = new SandboxCompletion(
        "chatcmpl-sandbox-" + calls.incrementAndGet(), clock.instant().getEpochSecond(), model);
    if (model.equals("sandbox-flaky") && flakyCalls.incrementAndGet() % 2 == 1) {
      throw unavailable("sandbox-flaky fails every other call: this was one.");
    }
    var answer = SandboxAnswer.of(model, question);
    if (question.stream()) {
      return stream(model, completion.events(answer, question));
    }
    if (model.equals("sandbox-error")) {
      throw unavailable("sandbox-error fails every call.");
    }
    if (model.equals("sandbox-slow")) {
      sleep(SLOW_FIRST);
    }
    return new Reply.Whole(200, "application/json", List.of(), completion.whole(answer, question));
  }

  private Reply stream(String model, List<Supplier<byte[]>> events) {
    return switch (model) {
      case "sandbox-slow" ->
        streamed(new PacedEvents(events, SLOW_FIRST, SLOW_BETWEEN, pace, PacedEvents.Ending.WHOLE));
      case "sandbox-error" ->
        streamed(new PacedEvents(
            events.subList(0, Math.min(events.size(), 2)),
            Duration.ZERO,
            Duration.ZERO,
            pace,
            PacedEvents.Ending.BROKEN));
      default ->
        streamed(
            new PacedEvents(events, Duration.ZERO, Duration.ZERO, pace, PacedEvents.Ending.WHOLE));
    };
  }

  private static Reply streamed(PacedEvents events) {
    return new Reply.Streamed(List.of(), events);
  }

  static GatewayException unavailable(String message) {
    return GatewayException.of(ErrorCode.UPSTREAM_UNAVAILABLE, message);
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException left) {
      throw new java.util.concurrent.CancellationException("the client left");
    }
  }
}
