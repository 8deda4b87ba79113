package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.config.ConfigFile;
import dev.weir.config.Environment;
import dev.weir.config.GatewayConfig;
import dev.weir.config.Secrets;
import dev.weir.http.ListenerSettings;
import dev.weir.identity.KeyHasher;
import dev.weir.provider.CompatibleProviders;
import dev.weir.provider.Provider;
import dev.weir.provider.RemoteProvider;
import dev.weir.provider.local.LocalEmbeddings;
import dev.weir.provider.sandbox.SandboxProvider;
import dev.weir.seal.EncryptionKeys;
import dev.weir.store.Database;
import dev.weir.store.Stores;
import dev.weir.telemetry.AccessLog;
import dev.weir.telemetry.Logs;
import dev.weir.upstream.Timeouts;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** Turns options, file and environment into a gateway's settings; options win, then the file. Stateless. */
final class Assembly {
  private static final int ADMIN_BODY = 1 << 20;
  private static final int DEFAULT_IN_FLIGHT = 10_000;

  private Assembly() {}

  static GatewayConfig config(ProcessOptions options) {
    return options
        .config
        .map(file -> ConfigFile.load(file, Environment.variables()))
        .orElse(GatewayConfig.EMPTY);
  }

  static Gateway.Settings settings(
      Addresses addresses,
      GatewayConfig config,
      Secrets secrets,
      List<Provider> providers,
      Logs logs) {
    var server = config.server();
    var data = ListenerSettings.on(addresses.dataHost(), addresses.dataPort());
    return new Gateway.Settings(
        server
            .flatMap(GatewayConfig.Server::maxBodyBytes)
            .map(data::withMaxBody)
            .orElse(data),
        ListenerSettings.on(addresses.adminHost(), addresses.adminPort()).withMaxBody(ADMIN_BODY),
        new KeyHasher(secrets.pepperBytes()),
        encryption(secrets),
        providers,
        timeouts(config),
        accessLog(config),
        logs.accessLines(),
        server.flatMap(GatewayConfig.Server::maxInFlight).orElse(DEFAULT_IN_FLIGHT));
  }

  /** Those of the file first, then those of the environment, then what is inside the process. */
  static List<Provider> providers(GatewayConfig config, List<Provider> inside) {
    var all = new ArrayList<Provider>();
    for (var section : config.providers().orElse(List.of())) {
      all.add(new RemoteProvider(
          section.name(),
          CompatibleProviders.baseUrl(
              "providers." + section.name() + ".base_url", section.baseUrl()),
          section.apiKey().orElse(""),
          section.models().orElse(List.of())));
    }
    for (var provider : CompatibleProviders.fromEnvironment(environment())) {
      if (all.stream().noneMatch(other -> other.name().equals(provider.name()))) {
        all.add(provider);
      }
    }
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
    var base = Database.Settings.DEFAULT;
    return config
        .database()
        .flatMap(GatewayConfig.DatabaseSection::poolMax)
        .map(max -> new Database.Settings(max, base.connectTimeout(), base.statementTimeout()))
        .orElse(base);
  }

  static Map<String, String> environment() {
    return Environment.variables();
  }

  private static Timeouts timeouts(GatewayConfig config) {
    var base = Timeouts.DEFAULT;
    return config
        .upstream()
        .map(limits -> new Timeouts(
            limits.connectMs().map(Duration::ofMillis).orElse(base.connect()),
            limits.firstEventMs().map(Duration::ofMillis).orElse(base.firstEvent()),
            limits.idleMs().map(Duration::ofMillis).orElse(base.idle()),
            limits.totalMs().map(Duration::ofMillis).orElse(base.total())))
        .orElse(base);
  }

  private static AccessLog.Settings accessLog(GatewayConfig config) {
    var base = AccessLog.Settings.DEFAULT;
    return config
        .logging()
        .map(log -> new AccessLog.Settings(
            log.sampleRate().orElse(base.sample()),
            log.slowRequestMs().map(Duration::ofMillis).orElse(base.slow()),
            log.slowUpstreamMs().map(Duration::ofMillis).orElse(base.slowUpstream())))
        .orElse(base);
  }
}
