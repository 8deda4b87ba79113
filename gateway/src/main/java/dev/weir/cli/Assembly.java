package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.Providers;
import dev.weir.StoredProviders;
import dev.weir.config.ConfigFile;
import dev.weir.config.Environment;
import dev.weir.config.GatewayConfig;
import dev.weir.config.Secrets;
import dev.weir.declared.DeclaredFile;
import dev.weir.declared.DeclaredRouting;
import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.engine.Guardrails;
import dev.weir.http.ListenerSettings;
import dev.weir.identity.KeyHasher;
import dev.weir.identity.LocalKeyCache;
import dev.weir.provider.Provider;
import dev.weir.provider.Reach;
import dev.weir.provider.local.LocalEmbeddings;
import dev.weir.provider.sandbox.SandboxProvider;
import dev.weir.redis.RedisLink;
import dev.weir.seal.EncryptionKeys;
import dev.weir.store.Database;
import dev.weir.store.Stores;
import dev.weir.telemetry.AccessLog;
import dev.weir.telemetry.Logs;
import dev.weir.telemetry.Metrics;
import dev.weir.telemetry.otlp.Otlp;
import dev.weir.upstream.Timeouts;
import dev.weir.upstream.UpstreamSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Turns options, file and environment into a gateway's settings; options win, then the file. Stateless. */
final class Assembly {
  private static final int ADMIN_BODY = 1 << 20;

  private static final Duration POLL = Duration.ofSeconds(1);

  private Assembly() {}

  static GatewayConfig config(ProcessOptions options) {
    return ConfigFile.load(options.config, environment());
  }

  static Gateway.Settings settings(
      ProcessOptions options,
      Addresses addresses,
      GatewayConfig config,
      Secrets secrets,
      List<Provider> providers,
      Logs logs) {
    var server = config.server();
    return new Gateway.Settings(
        ListenerSettings.on(addresses.dataHost(), addresses.dataPort())
            .withMaxBody((int) server.maxBodySize().bytes()),
        ListenerSettings.on(addresses.adminHost(), addresses.adminPort()).withMaxBody(ADMIN_BODY),
        new KeyHasher(secrets.pepperBytes()),
        encryption(secrets),
        reach(config),
        providers,
        upstream(config.upstream()),
        keyCache(config),
        options
            .redisUrl(config)
            .map(url -> new RedisLink.Settings(url, config.redis().timeout())),
        accessLog(config.logging()),
        logs.accessLines(),
        server.maxInFlight(),
        server.drainTimeout(),
        guardrails(config),
        otlp(config.telemetry().otlp()));
  }

  private static Optional<Otlp.Settings> otlp(GatewayConfig.Otlp otlp) {
    return otlp.endpoint().filter(url -> !url.isBlank()).map(url -> {
      if (!url.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
        throw new StartFailure(
            "telemetry.otlp.endpoint is no collector's URL.",
            "http://host:4318 was expected; see docs/observability.md");
      }
      var headers = otlp.headers().stream()
          .flatMap(text -> Stream.of(text.split(",")))
          .filter(pair -> pair.contains("="))
          .toList();
      return new Otlp.Settings(
          url, headers, otlp.sampleRate(), otlp.metricsInterval(), otlp.serviceName());
    });
  }

  private static Reach reach(GatewayConfig config) {
    return config.providers().allowPrivateNetworks() ? Reach.ANYWHERE : Reach.PUBLIC;
  }

  private static Gateway.GuardrailSettings guardrails(GatewayConfig config) {
    var settings = config.guardrails();
    return new Gateway.GuardrailSettings(
        webhooks -> Detectors.builtIn(reach(config), webhooks),
        new Guardrails.Settings(settings.budget(), settings.maxTextSize().bytes()),
        Optional.of(settings.defaultProfile()));
  }

  /** Those of the environment, then what is inside the process; those of the file are in the database. */
  static List<Provider> providers(List<Provider> inside) {
    var all = new ArrayList<Provider>(Providers.ALL.fromEnvironment(environment()));
    all.addAll(inside);
    return all;
  }

  static Provider sandbox() {
    var pace = Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("sandbox-pace").factory());
    return new SandboxProvider(pace, Clock.systemUTC());
  }

  static Provider embeddings() {
    return new LocalEmbeddings(Thread.ofPlatform().daemon().name("embeddings-load")::start);
  }

  static Stores stores(Database database, Secrets secrets) {
    return new Stores(
        database, new KeyHasher(secrets.pepperBytes()), encryption(secrets), Clock.systemUTC());
  }

  private static EncryptionKeys encryption(Secrets secrets) {
    return EncryptionKeys.of(secrets.encryptionKey(), secrets.previousEncryptionKey());
  }

  static Database.Settings pools(GatewayConfig config) {
    var pool = config.database().pool();
    var admin = config.database().adminPool();
    return new Database.Settings(
        pool.max(),
        pool.connectionTimeout(),
        pool.statementTimeout(),
        pool.maxLifetime(),
        admin.max(),
        admin.connectionTimeout());
  }

  /**
   * Applies what the configuration file declares, and has it followed.
   *
   * @param providers those of environment and process, which it may name
   * @throws dev.weir.config.ConfigFailure with file, line and path of what is wrong
   */
  static void declared(
      ProcessOptions options,
      Stores stores,
      List<Provider> providers,
      Metrics metrics,
      Shutdown shutdown) {
    if (options.config.isEmpty()) {
      return;
    }
    var reloads = metrics.reloads();
    var file = shutdown.opened(new DeclaredFile(
        options.config.get(),
        environment(),
        stores,
        new DeclaredFile.Checks(
            Providers.ALL, new DeclaredRouting(providers, new StoredProviders(Reach.ANYWHERE))),
        reloads::ended,
        POLL));
    file.apply();
    file.start();
    Signals.on("HUP", file::ask);
  }

  static Map<String, String> environment() {
    return Environment.variables();
  }

  static LocalKeyCache.Settings keyCache(GatewayConfig config) {
    var keys = config.keyCache();
    return new LocalKeyCache.Settings(
        keys.local().maxEntries(), keys.ttl(), keys.negativeTtl(), config.auth().staleMax());
  }

  static UpstreamSettings upstream(GatewayConfig.Upstream limits) {
    return new UpstreamSettings(
        new Timeouts(
            limits.connectTimeout(),
            limits.firstEventTimeout(),
            limits.idleTimeout(),
            limits.totalTimeout()),
        limits.maxInFlightPerTarget(),
        limits.longestPause());
  }

  static AccessLog.Settings accessLog(GatewayConfig.Logging log) {
    return new AccessLog.Settings(
        log.sampleRate(), log.slowRequest(), log.slowUpstream(), log.keptRequests());
  }
}
