package dev.weir.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The configuration, checked and whole: what the file and the environment leave out has its default from {@link #DEFAULT}.
 * Immutable.
 *
 * <p>To add a setting: a component with its {@link Setting}, its value in {@link #DEFAULT}, a line in
 * {@code config/weir.example.yaml}. Its variable and its place in the JSON Schema follow by themselves.
 */
public record GatewayConfig(
    @Setting("The two ports") Server server,
    @Setting("PostgreSQL") Database database,
    @Setting("Redis, which instances share; optional") Redis redis,
    @Setting("Keys that were looked up") KeyCache keyCache,
    @Setting("Who may call") Auth auth,
    @Setting("Rules for all providers") Providers providers,
    @Setting("The sandbox provider") Sandbox sandbox,
    @Setting("How providers are asked") Upstream upstream,
    @Setting("What is looked for in texts") Guardrails guardrails,
    @Setting("What is logged") Logging logging,
    @Setting("What is told to other systems") Telemetry telemetry,

    @Setting("Objects this file declares, by name; read-only in the admin API")
    Resources resources) {
  /** What holds where nothing is said. */
  public static final GatewayConfig DEFAULT = new GatewayConfig(
      new Server(
          "0.0.0.0",
          8000,
          "127.0.0.1",
          8001,
          ByteSize.mebibytes(32),
          10_000,
          Duration.ofSeconds(30)),
      new Database(
          Optional.empty(),
          new Pool(10, Duration.ofHours(1), Duration.ofMillis(250), Duration.ofSeconds(1)),
          new AdminPool(5, Duration.ofSeconds(30))),
      new Redis(Optional.empty(), Duration.ofMillis(30)),
      new KeyCache(new LocalKeys(10_000), Duration.ofSeconds(60), Duration.ofSeconds(5)),
      new Auth(Duration.ofMinutes(15)),
      new Providers(false),
      new Sandbox(false),
      new Upstream(
          Duration.ofSeconds(3),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          Duration.ofSeconds(2),
          8192),
      new Guardrails("off", Duration.ofSeconds(1), ByteSize.mebibytes(8)),
      new Logging(0.1, Duration.ofMillis(100), Duration.ofSeconds(30), 1_000),
      new Telemetry(
          new Otlp(Optional.empty(), Optional.empty(), 0.1, Duration.ofSeconds(60), "weir")),
      Resources.NONE);

  /** Where to listen, and how much at once. */
  public record Server(
      @Setting("Address of the data port") String host,

      @Setting(value = "Data port; 0: any free one", max = 65_535)
      int port,

      @Setting("Address of the admin port; keep it off the internet")
      String adminHost,

      @Setting(value = "Admin port: metrics, health, admin API; 0: any free one", max = 65_535)
      int adminPort,

      @Setting(value = "Largest request body", min = 1024, max = 1 << 30)
      ByteSize maxBodySize,

      @Setting(value = "Requests worked on at once; more are refused with 503", min = 1)
      int maxInFlight,

      @Setting("What requests in flight get at most when the process is asked to end")
      Duration drainTimeout) {}

  /** Where PostgreSQL is; without a URL {@code up} brings its own. */
  public record Database(
      @Setting("postgresql://user:password@host:port/database")
      Optional<String> url,

      @Setting("Connections of the data plane") Pool pool,
      @Setting("Connections of the admin plane") AdminPool adminPool) {}

  /** The data plane's connections. */
  public record Pool(
      @Setting(value = "Most connections", min = 1, max = 100)
      int max,

      @Setting("How long a connection is used; for both planes")
      Duration maxLifetime,

      @Setting("What a request waits at most for a connection")
      Duration connectionTimeout,

      @Setting("What a request's statement may take") Duration statementTimeout) {}

  /** The admin plane's connections. */
  public record AdminPool(
      @Setting(value = "Most connections", min = 1, max = 100)
      int max,

      @Setting("What admin work waits at most for a connection")
      Duration connectionTimeout) {}

  /** Where Redis is; without a URL there is none, and nothing is missing but speed. */
  public record Redis(
      @Setting("redis://user:password@host:port/0") Optional<String> url,

      @Setting("What a request waits at most for an answer of Redis")
      Duration timeout) {}

  /** How long keys are served without asking. */
  public record KeyCache(
      @Setting("On this instance") LocalKeys local,

      @Setting("How long a key is served without asking the database")
      Duration ttl,

      @Setting("The same for keys that do not exist") Duration negativeTtl) {}

  /** The keys held by this instance. */
  public record LocalKeys(
      @Setting(value = "Keys held; least recently used ones leave first", min = 1, max = 10_000_000)
      int maxEntries) {}

  /** Who may call while the database is away. */
  public record Auth(
      @Setting("How long a known key is served while the database cannot be asked")
      Duration staleMax) {}

  /** Rules for all providers. */
  public record Providers(
      @Setting("Whether base URLs and webhooks over the admin API may be private or loopback")
      boolean allowPrivateNetworks) {}

  /** The sandbox provider, which {@code up} always serves. */
  public record Sandbox(
      @Setting("Whether serve offers it too") boolean enabled) {}

  /** Limits for providers. */
  public record Upstream(
      @Setting("To open a connection, TLS included") Duration connectTimeout,

      @Setting("From the request to the first event of a stream")
      Duration firstEventTimeout,

      @Setting("Between two events with content") Duration idleTimeout,
      @Setting("For a request with all its attempts") Duration totalTimeout,

      @Setting(
          "Before another attempt, Retry-After included; a longer one is passed on to the client")
      Duration longestPause,

      @Setting(value = "Attempts under way at one model of one provider", min = 1)
      int maxInFlightPerTarget) {}

  /** Bounds of the guardrails, and what holds where nobody says anything. */
  public record Guardrails(
      @Setting(
          value = "Profile of keys on none of whose levels one is named",
          oneOf = {"off", "baseline", "strict", "privacy"})
      String defaultProfile,

      @Setting("What all checks of a request, or of an answer, may take together")
      Duration budget,

      @Setting(
          value =
              "Largest sum of a request's texts that is looked at; beyond it a rule's on_oversize decides",
          min = 1024)
      ByteSize maxTextSize) {}

  /** What is told to other systems, beside what Prometheus reads. */
  public record Telemetry(
      @Setting("A collector of OpenTelemetry") Otlp otlp) {}

  /** Where traces and metrics go; without an endpoint nothing is sent. */
  public record Otlp(
      @Setting("Base URL of a collector, OTLP over HTTP: http://collector:4318")
      Optional<String> endpoint,

      @Setting("Headers for it, as in name=value,name=value")
      Optional<String> headers,

      @Setting("Part of the traces that begin here; a caller's own decision is followed")
      double sampleRate,

      @Setting("How often metrics are sent") Duration metricsInterval,

      @Setting("The name by which the collector knows this gateway")
      String serviceName) {}

  /** What is logged. */
  public record Logging(
      @Setting("Part of the ordinary requests; failures and slow ones are always logged")
      double sampleRate,

      @Setting("A request is slow above this much gateway time")
      Duration slowRequest,

      @Setting("A provider is slow above this") Duration slowUpstream,

      @Setting(
          value = "Requests whose decision record is kept in memory, about a kilobyte each",
          max = 1_000_000)
      int keptRequests) {}

  /** This configuration without what its file declares. */
  public GatewayConfig settings() {
    return new GatewayConfig(
        server,
        database,
        redis,
        keyCache,
        auth,
        providers,
        sandbox,
        upstream,
        guardrails,
        logging,
        telemetry,
        Resources.NONE);
  }
}
