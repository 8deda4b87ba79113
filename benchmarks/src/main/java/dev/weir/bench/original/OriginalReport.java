package dev.weir.bench.original;

import dev.weir.bench.host.Cores;
import dev.weir.bench.host.Meter;
import dev.weir.bench.host.Pinned;
import dev.weir.bench.load.ClosedLoop;
import dev.weir.bench.load.Destination;
import dev.weir.bench.load.OpenLoop;
import dev.weir.bench.load.Window;
import dev.weir.bench.run.Scenario;
import dev.weir.bench.run.VoidRules;
import dev.weir.bench.run.WarmUp;
import dev.weir.bench.service.KnownServices;
import dev.weir.bench.service.RunningService;
import dev.weir.bench.service.ServiceDefinition;
import dev.weir.bench.service.Workshop;
import dev.weir.bench.stats.Percentiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import redis.embedded.RedisServer;

/**
 * Measures the table with which this project began: latency percentiles, statements a request and requests a second, with
 * many tenants and guardrails on every level. Three starts of one gateway on one database: without Redis, with an empty
 * one, with one that knows the keys. Single-threaded.
 */
public final class OriginalReport {
  private static final int PER_SECOND = 2_000;
  private static final int CONNECTIONS = 128;
  private static final int SATURATING = 32;
  private static final int PROMPT = 500;
  private static final String MODEL = "mock-500";
  private static final Duration STEADY = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Workshop workshop;
  private final Pinned mock;
  private final int tenants;
  private final Duration warmUp;
  private final Consumer<String> progress;
  private final Path data;
  private final List<Passage> passages = new ArrayList<>();
  private List<String> keys = List.of();

  /**
   * @param tenants each has ten keys
   * @param warmUp at most, of the compilers of each start, by a key that is not among them
   */
  public OriginalReport(
      Workshop workshop, Pinned mock, int tenants, Duration warmUp, Consumer<String> progress) {
    this.workshop = workshop;
    this.mock = mock;
    this.tenants = tenants;
    this.warmUp = warmUp;
    this.progress = progress;
    this.data = workshop.scratch().resolve("weir").resolve("data");
  }

  /** The columns, in the order of measurement. */
  public List<Passage> run() throws IOException, InterruptedException {
    try {
      populate();
      withRunning(Map.of(), service -> {
        passage("cold key", service, once());
        passage("warm key", service, STEADY);
      });
      withRedis(redis -> {
        withRunning(redis, service -> {
          passage("cold key, Redis empty", service, once());
          passage("warm key, Redis there", service, STEADY);
        });
        withRunning(redis, service -> passage("key from Redis", service, once()));
      });
    } catch (SQLException failure) {
      throw new IOException("the statements could not be counted: " + failure, failure);
    }
    return List.copyOf(passages);
  }

  public int keys() {
    return keys.size();
  }

  /** So long that each key is asked for exactly once. */
  private Duration once() {
    return Duration.ofMillis(keys.size() * 1_000L / PER_SECOND);
  }

  private void populate() throws IOException, InterruptedException {
    // the first start makes the database, the second loads the extension that counts
    workshop.start(KnownServices.weir()).close();
    StatementCount.prepare(data);
    try (var service = workshop.start(definition(Map.of()))) {
      progress.accept("making " + tenants + " tenants over the admin API");
      var token = Files.readString(data.resolve("admin-token")).strip();
      keys = new Population(service.adminPort(), token).make(tenants, progress);
    }
  }

  private static ServiceDefinition definition(Map<String, String> environment) {
    var more = new TreeMap<>(environment);
    // so that what one start has learnt is still there for the next
    more.put("WEIR_KEY_CACHE_TTL", "600s");
    return KnownServices.weir().with(more);
  }

  /** What is done with something that is closed afterwards. */
  @FunctionalInterface
  private interface Work<T> {
    void on(T there) throws IOException, InterruptedException, SQLException;
  }

  private void withRunning(Map<String, String> environment, Work<RunningService> work)
      throws IOException, InterruptedException, SQLException {
    try (var service = workshop.start(definition(environment))) {
      WarmUp.run(service, workshop.cores(), warmUp);
      work.on(service);
    }
  }

  private static void withRedis(Work<Map<String, String>> work)
      throws IOException, InterruptedException, SQLException {
    int port = freePort();
    var redis = RedisServer.newRedisServer()
        .port(port)
        .setting("save \"\"")
        .setting("bind 127.0.0.1")
        .build();
    redis.start();
    try {
      work.on(Map.of("WEIR_REDIS_URL", "redis://127.0.0.1:" + port));
    } finally {
      redis.stop();
    }
  }

  private void passage(String name, RunningService service, Duration length)
      throws IOException, InterruptedException, SQLException {
    var load = new OpenLoop(PER_SECOND, CONNECTIONS);
    var direct = load.run(
        workshop.direct(mock).ask(MODEL, PROMPT, RunningService.Answer.WHOLE),
        Window.of(Duration.ZERO, length));
    try (var statements = StatementCount.of(data)) {
      var asked = service.ask(MODEL, PROMPT, RunningService.Answer.WHOLE, keys);
      var meter = meter(service, workshop.cores());
      long before = statements.now();
      var outcome = load.run(asked, new Window(Duration.ZERO, length, meter));
      long ran = statements.now() - before;
      var passage = new Passage(
          name,
          Percentiles.of(outcome.latency()),
          Percentiles.of(direct.latency()),
          outcome.perSecond(),
          outcome.failures(),
          (double) ran / Math.max(1, outcome.units()),
          length.equals(STEADY) ? saturated(asked) : 0,
          VoidRules.crowded(Scenario.Unit.TIMED_REQUEST, meter.reading()));
      passages.add(passage);
      progress.accept(OriginalTable.line(passage));
    }
  }

  private static double saturated(Destination asked) throws IOException, InterruptedException {
    return new ClosedLoop(SATURATING)
        .run(asked, Window.of(Duration.ofSeconds(1), LIMIT))
        .perSecond();
  }

  private static Meter meter(RunningService service, Cores cores) {
    return new Meter(service.processes(), cores.service(), cores.load());
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
