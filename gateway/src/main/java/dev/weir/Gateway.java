package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.admin.AdminPlane;
import dev.weir.admin.BaseUrlCheck;
import dev.weir.admin.DocumentChecks;
import dev.weir.admin.LiveProviders;
import dev.weir.admin.LiveView;
import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.custom.WebhookTransport;
import dev.weir.guardrail.engine.Guardrails;
import dev.weir.guardrail.engine.Scores;
import dev.weir.http.Listener;
import dev.weir.http.ListenerSettings;
import dev.weir.http.Routes;
import dev.weir.identity.KeyHasher;
import dev.weir.identity.LocalKeyCache;
import dev.weir.limit.Admission;
import dev.weir.pipeline.ApiRouteEndpoint;
import dev.weir.pipeline.ChatPipeline;
import dev.weir.pipeline.HealthEndpoint;
import dev.weir.pipeline.ModelsEndpoint;
import dev.weir.pipeline.ModerationsEndpoint;
import dev.weir.pipeline.Stages;
import dev.weir.protocol.ClientProtocol;
import dev.weir.protocol.Reply;
import dev.weir.provider.Provider;
import dev.weir.provider.Reach;
import dev.weir.redis.RedisLink;
import dev.weir.seal.EncryptionKeys;
import dev.weir.store.Database;
import dev.weir.store.KeyStore;
import dev.weir.store.Stores;
import dev.weir.store.UsageStore;
import dev.weir.telemetry.AccessLog;
import dev.weir.telemetry.DecisionLog;
import dev.weir.telemetry.Metrics;
import dev.weir.telemetry.Observers;
import dev.weir.telemetry.RequestObserver;
import dev.weir.telemetry.otlp.Otlp;
import dev.weir.upstream.CredentialHeaders;
import dev.weir.upstream.Names;
import dev.weir.upstream.OutboundCalls;
import dev.weir.upstream.ProviderProbe;
import dev.weir.upstream.Targets;
import dev.weir.upstream.Upstream;
import dev.weir.upstream.UpstreamSettings;
import dev.weir.usage.AnswerCost;
import dev.weir.usage.PriceList;
import dev.weir.usage.UsageLedger;
import dev.weir.usage.UsageWriter;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The composition root: every part, made in order, on one page. Safe for many threads once it is started.
 *
 * <p>{@link #close} is the drain: readiness goes first, then what is in flight is waited for, then what is left
 * is broken off, then the ports close.
 */
public final class Gateway implements AutoCloseable {
  /** What the error events need at most to reach clients that read. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Duration drain;
  private final Vertx vertx;
  private final Listener data;
  private final Listener admin;
  private final Upstream upstream;
  private final Optional<Otlp> otlp;
  private final OutboundCalls calls;
  private final Tenancy tenancy;
  private final UsageWriter usage;
  private volatile boolean draining;

  /** What a gateway is made of that differs from start to start. */
  public record Settings(
      ListenerSettings data,
      ListenerSettings admin,
      KeyHasher hasher,
      EncryptionKeys encryption,
      Reach adminProviders,
      List<Provider> providers,
      UpstreamSettings upstream,
      LocalKeyCache.Settings keyCache,
      Optional<RedisLink.Settings> redis,
      AccessLog.Settings accessLog,
      Consumer<String> accessLines,
      int maxInFlight,
      Duration drain,
      GuardrailSettings guardrails,
      Optional<Otlp.Settings> otlp) {
    public Settings {
      providers = List.copyOf(providers);
    }
  }

  /**
   * What guardrails are made of.
   *
   * @param detectors what there is to detect, given how webhooks are called
   * @param defaultProfile the profile of callers none of whose levels names one; empty: none
   */
  public record GuardrailSettings(
      Function<WebhookTransport, Detectors> detectors,
      Guardrails.Settings bounds,
      Optional<String> defaultProfile) {}

  /**
   * Starts serving.
   *
   * @throws IOException when a port cannot be bound; the message names it
   */
  public Gateway(Settings settings, Database database, Metrics metrics) throws IOException {
    var clock = Clock.systemUTC();
    drain = settings.drain();
    var loops = Runtime.getRuntime().availableProcessors();
    vertx = Vertx.vertx(new VertxOptions()
        .setEventLoopPoolSize(loops)
        .setPreferNativeTransport(true)
        .setAddressResolverOptions(Names.options()));
    var targets = new Targets(settings.upstream().mostPerTarget());
    metrics.circuits(targets::readings);
    calls = new OutboundCalls(vertx, settings.upstream().timeouts());
    var credentials = new CredentialHeaders(calls, clock);
    upstream = new Upstream(vertx, settings.upstream(), targets, credentials, clock);
    var detectors =
        settings.guardrails().detectors().apply(new Webhooks(calls, settings.adminProviders()));
    tenancy = new Tenancy(settings, detectors, database, metrics, targets, clock);
    usage = new UsageWriter(new UsageStore(database));
    Supplier<PriceList> prices = () -> tenancy.snapshots().current().prices();
    metrics.usage(usage::pending, usage::dropped);
    var guardrails = new Guardrails(settings.guardrails().bounds(), settings.hasher()::hash);
    var stages = new Stages(
        tenancy.snapshots(),
        tenancy.keyRing(),
        new Admission(settings.maxInFlight()),
        guardrails,
        new UsageLedger(usage, prices, clock),
        upstream);
    var decisions = new DecisionLog(settings.accessLog().kept(), clock);
    var adminPlane = new AdminPlane(
        new Stores(database, settings.hasher(), settings.encryption(), clock),
        new DocumentChecks(new BaseUrlCheck(settings.adminProviders()), detectors, Providers.ALL),
        new LiveView(
            tenancy.snapshots(),
            tenancy.documents(),
            new KeyStore(database)::byId,
            decisions,
            guardrails),
        new LiveProviders(new ProviderProbe(calls, credentials, clock), targets),
        clock);
    otlp = settings.otlp().map(to -> Otlp.open(to, metrics.traceDrops(), clock));
    var listeners = new ArrayList<RequestObserver>(List.of(
        new AnswerCost(prices, clock),
        metrics,
        new AccessLog(settings.accessLog(), settings.accessLines(), clock),
        decisions));
    otlp.ifPresent(listeners::add);
    var observers = new Observers(listeners);
    try {
      tenancy.start();
      data = open(settings.data(), loops, dataRoutes(stages, detectors), observers);
      admin = open(settings.admin(), 1, adminRoutes(metrics, adminPlane), Observers.NONE);
    } catch (IOException | RuntimeException failure) {
      stopLoops();
      throw failure;
    }
  }

  private Routes dataRoutes(Stages stages, Detectors detectors) {
    var models = new ModelsEndpoint(stages);
    var routes = health(Routes.builder());
    for (var protocol : ClientProtocol.values()) {
      routes.post(protocol.path(), new ChatPipeline(stages, protocol));
    }
    return routes
        .post(
            "/v1/moderations",
            new ModerationsEndpoint(stages, new Scores(detectors, Duration.ofSeconds(1))))
        .get("/v1/models", models::list)
        .get("/v1/models/{id...}", models::one)
        .otherwise(new ApiRouteEndpoint(stages))
        .build();
  }

  private Routes adminRoutes(Metrics metrics, AdminPlane plane) {
    var routes = health(Routes.builder()).get("/metrics", exchange -> {
      var text = metrics.scrape().getBytes(UTF_8);
      var _ = exchange.relay(
          new Reply.Whole(200, "text/plain; version=0.0.4; charset=utf-8", List.of(), text));
    });
    for (var route : plane.routes()) {
      routes.on(route.method(), route.path(), route.endpoint());
    }
    return routes.build();
  }

  private Routes.Builder health(Routes.Builder routes) {
    var alive = new HealthEndpoint(() -> true);
    var ready = new HealthEndpoint(() -> !draining);
    return routes
        .get("/livez", alive)
        .get("/health/liveliness", alive)
        .get("/health/liveness", alive)
        .get("/readyz", ready)
        .get("/health/readiness", ready);
  }

  private Listener open(ListenerSettings where, int loops, Routes routes, RequestObserver observer)
      throws IOException {
    try {
      return Listener.open(vertx, where, loops, routes, observer);
    } catch (IOException failure) {
      throw new IOException(
          "port " + where.port() + " on " + where.host() + " cannot be opened: "
              + failure.getMessage(),
          failure);
    }
  }

  public int dataPort() {
    return data.port();
  }

  public int adminPort() {
    return admin.port();
  }

  @Override
  public void close() {
    draining = true;
    data.drain();
    try {
      if (!data.awaitIdle(drain)) {
        data.breakOff();
        var _ = data.awaitIdle(FAREWELL);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    data.close();
    admin.close();
    stopLoops();
  }

  private void stopLoops() {
    tenancy.close();
    upstream.close();
    calls.close();
    usage.close();
    otlp.ifPresent(Otlp::close);
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException _) {
      // the process ends anyway, and nothing of the clients' is left in flight
    }
  }
}
