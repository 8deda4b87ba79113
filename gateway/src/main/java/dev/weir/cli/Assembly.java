package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.Providers;
import dev.weir.config.ConfigFile;
import dev.weir.config.Environment;
import dev.weir.config.GatewayConfig;
import dev.weir.config.Secrets;
import dev.weir.guardrail.Detectors;
import dev.weir.http.ListenerSettings;
import dev.weir.identity.KeyHasher;
import dev.weir.identity.LocalKeyCache;
import dev.weir.provider.Credential;
import dev.weir.provider.Provider;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;
import dev.weir.provider.local.LocalEmbeddings;
import dev.weir.provider.sandbox.SandboxProvider;
import dev.weir.seal.EncryptionKeys;
import dev.weir.store.Database;
import dev.weir.store.Stores;
import dev.weir.telemetry.AccessLog;
import dev.weir.telemetry.Logs;
import dev.weir.upstream.Timeouts;
import dev.weir.upstream.UpstreamSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** Turns options, file and environment into a gateway's settings; options win, then the file. Stateless. */
final class Assembly {
  private static final int ADMIN_BODY = 1 << 20;

  private Assembly() {}

  static GatewayConfig config(ProcessOptions options) {
    return ConfigFile.load(options.config, environment());
  }

  static Gateway.Settings settings(
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
        config.providers().allowPrivateNetworks() ? Reach.ANYWHERE : Reach.PUBLIC,
        providers,
        upstream(config.upstream()),
        keyCache(config),
        accessLog(config.logging()),
        logs.accessLines(),
        server.maxInFlight(),
        server.drainTimeout(),
        Detectors.builtIn());
  }

  /** Those of the file first, then those of the environment, then what is inside the process. */
  static List<Provider> providers(GatewayConfig config, List<Provider> inside) {
    var all = new ArrayList<Provider>();
    var declared = config.resources();
    for (var provider : declared.providers()) {
      var type = provider.type().orElse("openai");
      all.add(new RemoteProvider(
          provider.name(),
          Providers.baseUrl(
              "the base_url of the provider " + provider.name(), type, provider.baseUrl()),
          credentials(provider),
          declared.models().stream()
              .filter(model -> model.provider().equals(provider.name()))
              .map(GatewayConfig.Model::name)
              .toList(),
          Reach.ANYWHERE,
          Providers.translator(type)));
    }
    for (var provider : Providers.fromEnvironment(environment())) {
      if (all.stream().noneMatch(other -> other.name().equals(provider.name()))) {
        all.add(provider);
      }
    }
    all.addAll(inside);
    return all;
  }

  private static List<Credential> credentials(GatewayConfig.Provider provider) {
    var all = new ArrayList<Credential>();
    for (var credential : provider.credentials()) {
      all.add(new Credential(provider.name() + "-" + (all.size() + 1), credential.apiKey()));
    }
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
