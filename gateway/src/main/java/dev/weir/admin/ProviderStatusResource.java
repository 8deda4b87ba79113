package dev.weir.admin;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.provider.RemoteProvider;
import dev.weir.snapshot.Snapshots;
import dev.weir.store.AggregateStore;
import dev.weir.store.Aggregates;
import dev.weir.store.Stores;
import dev.weir.upstream.ProviderProbe;
import dev.weir.upstream.TargetReport;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether providers answer: tried out on request, and as the requests of this instance see them. Safe for many threads. */
final class ProviderStatusResource {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_TARGETS = 1000;

  /** A provider that was saved a moment ago is served a moment later. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final AggregateStore rows;
  private final Snapshots snapshots;
  private final LiveProviders live;

  ProviderStatusResource(Stores stores, Snapshots snapshots, LiveProviders live) {
    this.rows = stores.rows(Aggregates.PROVIDERS);
    this.snapshots = snapshots;
    this.live = live;
  }

  void register(Operations operations) {
    operations.on("testProvider", this::test);
    operations.on("listProviderHealth", _ -> health());
  }

  private Answer test(AdminRequest request) {
    var row = rows.get(request.actor(), request.id()).document();
    var document = JSON.createObjectNode();
    document.put("provider_id", request.id());
    var results = document.putArray("results");
    live.probe().probe(served(row)).forEach(finding -> results.add(form(finding)));
    return Answer.ok(document);
  }

  /** The provider as requests see it, with its credentials opened. */
  private RemoteProvider served(ObjectNode row) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var found = find(row);
      if (found.isPresent()) {
        return found.get();
      }
      if (!row.path("active").asBoolean(false) || System.nanoTime() > deadline) {
        throw GatewayException.of(
            ErrorCode.INVALID_VALUE,
            "This provider is not served: it is switched off, or its settings cannot be used.");
      }
      pause();
    }
  }

  private Optional<RemoteProvider> find(ObjectNode row) {
    for (var provider : snapshots.current().catalogue().providers()) {
      if (provider instanceof RemoteProvider remote
          && remote.name().equals(row.path("name").asString(""))) {
        return Optional.of(remote);
      }
    }
    return Optional.empty();
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException interrupted) {
      throw new java.util.concurrent.CancellationException("the client left");
    }
  }

  private static JsonNode form(ProviderProbe.Finding finding) {
    var form = JSON.createObjectNode();
    form.put("credential_id", finding.credential());
    form.put("outcome", finding.outcome().name().toLowerCase(Locale.ROOT));
    form.put("message", finding.outcome().sentence());
    if (finding.status() == 0) {
      form.putNull("status_class");
    } else {
      form.put("status_class", finding.status() / 100 + "xx");
    }
    form.put("latency_ms", finding.took().toMillis());
    return form;
  }

  private Answer health() {
    var document = JSON.createObjectNode();
    var data = document.putArray("data");
    live.targets().reports().stream().limit(MOST_TARGETS).forEach(report -> data.add(form(report)));
    return Answer.ok(document);
  }

  private static JsonNode form(TargetReport report) {
    var form = JSON.createObjectNode();
    form.put("provider", report.provider());
    form.put("model", report.model());
    form.put("in_flight", report.inFlight());
    form.put("latency_ms", report.latency().toNanos() / 1_000_000.0);
    var credentials = form.putArray("credentials");
    for (var one : report.credentials()) {
      credentials
          .addObject()
          .put("id", one.credential())
          .put("circuit", one.circuit())
          .put("opens_in_ms", one.opensIn().toMillis());
    }
    return form;
  }
}
