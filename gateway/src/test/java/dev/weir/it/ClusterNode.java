package dev.weir.it;

import dev.weir.Gateway;
import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.engine.Guardrails;
import dev.weir.http.ListenerSettings;
import dev.weir.identity.KeyHasher;
import dev.weir.identity.LocalKeyCache;
import dev.weir.protocol.Operation;
import dev.weir.protocol.Reply;
import dev.weir.provider.LocalProvider;
import dev.weir.provider.Reach;
import dev.weir.redis.RedisLink;
import dev.weir.seal.EncryptionKeys;
import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.telemetry.AccessLog;
import dev.weir.telemetry.Metrics;
import dev.weir.upstream.UpstreamSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One gateway of several on a database and a Redis. */
public final class ClusterNode implements AutoCloseable {
  public static final byte[] PEPPER =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  public static final KeyHasher HASHER = new KeyHasher(PEPPER);
  public static final EncryptionKeys ENCRYPTION =
      EncryptionKeys.of("fedcba9876543210fedcba9876543210", Optional.empty());
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Database database;
  private final Gateway gateway;
  private final List<String> logLines = new CopyOnWriteArrayList<>();

  /** A node with the settings that hold by default, and a patient Redis budget: the machine may be busy. */
  public ClusterNode(DatabaseUrl url, Optional<String> redis) {
    this(url, redis.map(at -> new RedisLink.Settings(at, Duration.ofMillis(500))), 60);
  }

  public ClusterNode(DatabaseUrl url, Optional<RedisLink.Settings> redis, long ttlSeconds) {
    this(url, redis, ttlSeconds, ENCRYPTION);
  }

  public ClusterNode(
      DatabaseUrl url,
      Optional<RedisLink.Settings> redis,
      long ttlSeconds,
      EncryptionKeys encryption) {
    var base = LocalKeyCache.Settings.DEFAULT;
    var metrics = new Metrics();
    database = Database.open(url, Database.Settings.DEFAULT, Optional.of(metrics.pools()));
    try {
      gateway = new Gateway(
          new Gateway.Settings(
              ListenerSettings.on("127.0.0.1", 0),
              ListenerSettings.on("127.0.0.1", 0),
              HASHER,
              encryption,
              Reach.ANYWHERE,
              List.of(new Echo()),
              UpstreamSettings.of(RunningGateway.QUICK),
              new LocalKeyCache.Settings(
                  base.maxEntries(),
                  Duration.ofSeconds(ttlSeconds),
                  base.negativeTimeToLive(),
                  base.staleMax()),
              redis,
              new AccessLog.Settings(1.0, Duration.ofMillis(100), Duration.ofSeconds(5)),
              logLines::add,
              10_000,
              Duration.ofSeconds(5),
              new Gateway.GuardrailSettings(
                  _ -> Detectors.builtIn(), Guardrails.Settings.DEFAULT, Optional.empty()),
              Optional.empty()),
          database,
          metrics);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Answers at once, so that what is measured is the way to it. */
  private record Echo() implements LocalProvider {
    @Override
    public String name() {
      return "echo";
    }

    @Override
    public List<String> models() {
      return List.of("echo");
    }

    @Override
    public Reply answer(Operation operation, String model, byte[] body) {
      throw new IllegalStateException("not called");
    }
  }

  /** The status of a request that needs a key and nothing else. */
  public int status(String key) {
    return get("/v1/models", key).statusCode();
  }

  public HttpResponse<String> get(String path, String key) {
    return send("http://127.0.0.1:" + gateway.dataPort() + path, key);
  }

  /** A chat request to this model. */
  public HttpResponse<String> chat(String model, String key) {
    return send(HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + gateway.dataPort() + "/v1/chat/completions"))
        .header("authorization", "Bearer " + key)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(RunningGateway.chat(model)))
        .build());
  }

  /** Its admin API, as this admin. */
  public AdminClient admin(String token) {
    return new AdminClient("http://127.0.0.1:" + gateway.adminPort(), token);
  }

  /** What Prometheus reads. */
  public String metrics() {
    return send("http://127.0.0.1:" + gateway.adminPort() + "/metrics", "none").body();
  }

  private static HttpResponse<String> send(String url, String key) {
    return send(HttpRequest.newBuilder(URI.create(url))
        .header("authorization", "Bearer " + key)
        .build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  public Gateway gateway() {
    return gateway;
  }

  public Database database() {
    return database;
  }

  /** Which tier answered the last requests, oldest first. */
  public List<String> tiers() {
    return logLines.stream()
        .map(line -> line.replaceFirst(".*\"api_key_cache\":\"?([a-z]+).*", "$1"))
        .toList();
  }

  @Override
  public void close() {
    gateway.close();
    database.close();
  }
}
