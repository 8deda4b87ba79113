package dev.weir.it;

import dev.weir.Gateway;
import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.custom.WebhookTransport;
import dev.weir.guardrail.engine.Guardrails;
import dev.weir.http.ListenerSettings;
import dev.weir.identity.KeyHasher;
import dev.weir.identity.LocalKeyCache;
import dev.weir.provider.Provider;
import dev.weir.provider.Reach;
import dev.weir.seal.EncryptionKeys;
import dev.weir.store.Database;
import dev.weir.store.Stores;
import dev.weir.telemetry.AccessLog;
import dev.weir.telemetry.Metrics;
import dev.weir.telemetry.otlp.Otlp;
import dev.weir.upstream.Timeouts;
import dev.weir.upstream.UpstreamSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A whole gateway on free ports, with a database of its own and a key. */
public final class RunningGateway implements AutoCloseable {
  private static final byte[] PEPPER =
      "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private static final EncryptionKeys ENCRYPTION =
      EncryptionKeys.of("fedcba9876543210fedcba9876543210", Optional.empty());

  /** Short limits, so that a test of silence is over soon. */
  public static final Timeouts QUICK = new Timeouts(
      Duration.ofSeconds(1),
      Duration.ofMillis(700),
      Duration.ofMillis(700),
      Duration.ofSeconds(20));

  /** Long limits, for tests of many turns on a busy machine. */
  public static final Timeouts PATIENT = new Timeouts(
      Duration.ofSeconds(10),
      Duration.ofSeconds(30),
      Duration.ofSeconds(30),
      Duration.ofSeconds(60));

  private final Database database;
  private final Gateway gateway;
  private final Stores stores;
  private final String key;
  private final String adminToken;
  private final List<String> logLines = new CopyOnWriteArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public RunningGateway(List<Provider> providers, Timeouts timeouts) throws IOException {
    this(providers, timeouts, Detectors.builtIn());
  }

  /** A gateway that can detect these things only. */
  public RunningGateway(List<Provider> providers, Timeouts timeouts, Detectors detectors)
      throws IOException {
    this(providers, timeouts, _ -> detectors, 10_000, Reach.PUBLIC, Optional.empty());
  }

  /** One that works on so many requests at once. */
  public RunningGateway(List<Provider> providers, Timeouts timeouts, int maxInFlight)
      throws IOException {
    this(
        providers, timeouts, _ -> Detectors.builtIn(), maxInFlight, Reach.PUBLIC, Optional.empty());
  }

  /** One whose providers of the admin API may lie there. */
  public RunningGateway(
      List<Provider> providers, Timeouts timeouts, int maxInFlight, Reach adminProviders)
      throws IOException {
    this(
        providers,
        timeouts,
        _ -> Detectors.builtIn(),
        maxInFlight,
        adminProviders,
        Optional.empty());
  }

  /** One whose webhooks and providers may lie this far. */
  public static RunningGateway reaching(List<Provider> providers, Reach reach) throws IOException {
    return new RunningGateway(
        providers,
        QUICK,
        webhooks -> Detectors.builtIn(reach, webhooks),
        10_000,
        reach,
        Optional.empty());
  }

  /** One that tells a collector. */
  public static RunningGateway telling(List<Provider> providers, Otlp.Settings collector)
      throws IOException {
    return new RunningGateway(
        providers, QUICK, _ -> Detectors.builtIn(), 10_000, Reach.PUBLIC, Optional.of(collector));
  }

  private RunningGateway(
      List<Provider> providers,
      Timeouts timeouts,
      Function<WebhookTransport, Detectors> detectors,
      int maxInFlight,
      Reach adminProviders,
      Optional<Otlp.Settings> otlp)
      throws IOException {
    var hasher = new KeyHasher(PEPPER);
    var metrics = new Metrics();
    database = Database.open(
        TestPostgres.migrated(), Database.Settings.DEFAULT, Optional.of(metrics.pools()));
    stores = new Stores(database, hasher, ENCRYPTION, Clock.systemUTC());
    stores.checkSecrets();
    key = stores.tenancy().seedDemo().orElseThrow();
    adminToken = stores.tenancy().createOwner("test");
    gateway = new Gateway(
        new Gateway.Settings(
            ListenerSettings.on("127.0.0.1", 0),
            ListenerSettings.on("127.0.0.1", 0),
            hasher,
            ENCRYPTION,
            adminProviders,
            providers,
            UpstreamSettings.of(timeouts),
            LocalKeyCache.Settings.DEFAULT,
            Optional.empty(),
            new AccessLog.Settings(1.0, Duration.ofMillis(100), Duration.ofSeconds(5)),
            logLines::add,
            maxInFlight,
            Duration.ofSeconds(30),
            new Gateway.GuardrailSettings(detectors, Guardrails.Settings.DEFAULT, Optional.empty()),
            otlp),
        database,
        metrics);
  }

  public String key() {
    return key;
  }

  public String url() {
    return "http://127.0.0.1:" + gateway.dataPort();
  }

  public int port() {
    return gateway.dataPort();
  }

  public Gateway gateway() {
    return gateway;
  }

  public String adminUrl() {
    return "http://127.0.0.1:" + gateway.adminPort();
  }

  /** An owner's token. */
  public String adminToken() {
    return adminToken;
  }

  public Stores stores() {
    return stores;
  }

  public Database database() {
    return database;
  }

  /** What the access log got so far. */
  public List<String> logLines() {
    return List.copyOf(logLines);
  }

  public HttpResponse<String> post(String path, String body) {
    return send(request(path)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build());
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET().build());
  }

  public HttpResponse<String> metrics() {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics"))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url() + path))
        .header("authorization", "Bearer " + key);
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** A chat request's document for this model. */
  public static String chat(String model) {
    return "{\"model\":\"" + model
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi there\"}]}";
  }

  /** The same, streamed. */
  public static String stream(String model) {
    return "{\"model\":\"" + model
        + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi there\"}]}";
  }

  @Override
  public void close() {
    gateway.close();
    database.close();
  }
}
