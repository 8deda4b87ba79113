package dev.weir.bench.run;

import dev.weir.bench.load.ClosedLoop;
import dev.weir.bench.load.Load;
import dev.weir.bench.load.OpenLoop;
import dev.weir.bench.load.StreamLoad;
import dev.weir.bench.load.WrkLoad;
import dev.weir.bench.run.Scenario.Unit;
import dev.weir.bench.service.RunningService.Answer;
import java.time.Duration;
import java.util.List;

/** The list of scenarios. */
public final class Scenarios {
  private static final int CONNECTIONS = 32;
  private static final int RATE_CONNECTIONS = 128;

  /** What saturates. */
  public enum Generator {
    WRK,
    OWN
  }

  private Scenarios() {}

  public static List<Scenario> all(Generator generator) {
    Load saturation =
        generator == Generator.WRK ? new WrkLoad(CONNECTIONS) : new ClosedLoop(CONNECTIONS);
    return List.of(
        whole("small", "500 B in and out, saturated", 500, saturation, Unit.REQUEST),
        new Scenario(
            "1k",
            "1 KB in and out, saturated",
            "mock-1000",
            1 << 10,
            Answer.WHOLE,
            Unit.REQUEST,
            saturation),
        whole("8k", "8 KB in, 500 B out, saturated", 8 << 10, saturation, Unit.REQUEST),
        whole("128k", "128 KB in, 500 B out, saturated", 128 << 10, saturation, Unit.REQUEST),
        rate(1000),
        rate(2000),
        streams(1),
        streams(10),
        streams(100),
        streams(300),
        streams(1000),
        new Scenario(
            "ttft",
            "8 clients, streams of 4 frames at 5 ms",
            "mock-sse-4-5",
            500,
            Answer.STREAMED,
            Unit.FRAME,
            new StreamLoad(8, Duration.ofMillis(15))));
  }

  private static Scenario whole(String name, String text, int bytes, Load load, Unit unit) {
    return new Scenario(name, text, "mock-500", bytes, Answer.WHOLE, unit, load);
  }

  private static Scenario rate(int perSecond) {
    return whole(
        "rate-" + perSecond,
        "500 B, " + perSecond + " requests/s, open loop",
        500,
        new OpenLoop(perSecond, RATE_CONNECTIONS),
        Unit.TIMED_REQUEST);
  }

  private static Scenario streams(int count) {
    return new Scenario(
        "sse-" + count,
        count + " streams of 200 frames at 20 ms",
        "mock-sse-200-20",
        500,
        Answer.STREAMED,
        Unit.FRAME,
        new StreamLoad(count, Duration.ofMillis(Math.max(20, Math.min(1000, count * 3L)))));
  }
}
