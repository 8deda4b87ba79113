package dev.weir.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.identity.KeyRecord;
import dev.weir.identity.Level;
import dev.weir.pipeline.DryRun;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.routing.RouteDecision;
import dev.weir.routing.Target;
import dev.weir.snapshot.Snapshot;
import dev.weir.store.AggregateStore;
import dev.weir.store.Aggregates;
import dev.weir.store.Stores;
import dev.weir.usage.Rates;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Says what would happen to a request, and why, without sending it. Safe for many threads. */
final class ExplainResource {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CHAT = "/v1/chat/completions";

  private final AggregateStore keys;
  private final LiveView live;
  private final Clock clock;

  ExplainResource(Stores stores, LiveView live, Clock clock) {
    this.keys = stores.rows(Aggregates.API_KEYS);
    this.live = live;
    this.clock = clock;
  }

  void register(Operations operations) {
    operations.on("explain", this::explain);
  }

  private Answer explain(AdminRequest request) {
    var id = request.body().path("api_key_id").asString("");
    // says 404 for a key of another tenant
    var _ = keys.get(request.actor(), id);
    var key = live.keys().apply(id).orElseThrow(AggregateStore::notFound);
    var snapshot = live.snapshots().current();
    var headers = headers(request.body());
    var run = new DryRun(
        request.body().path("path").asString(CHAT),
        request.body().get("body").toString().getBytes(UTF_8),
        name -> headers.get(name.toLowerCase(Locale.ROOT)));
    var outcome = run.by(key.principal(), snapshot);
    var json = new JsonWriter().object();
    write(json, key);
    json.name("api_route");
    write(json, outcome);
    json.name("guardrails").array();
    outcome.guardrails().effective().forEach(one -> write(json, one));
    json.endArray().name("flagged").array();
    outcome.trace().flagged.forEach(json::value);
    // neither can be set yet: what is not enforced is refused
    json.endArray().name("limits").array().endArray().name("budgets").array();
    json.endArray().name("decision");
    write(json, outcome.decision());
    json.name("price");
    price(json, outcome.decision(), snapshot);
    json.name("refusal");
    refusal(json, key.active() ? outcome.refusal() : GatewayException.invalidApiKey());
    return Answer.ok(JSON.readTree(json.endObject().bytes()));
  }

  private static Map<String, String> headers(ObjectNode body) {
    var found = new TreeMap<String, String>();
    body.path("headers")
        .properties()
        .forEach(one ->
            found.put(one.getKey().toLowerCase(Locale.ROOT), one.getValue().asString("")));
    return found;
  }

  private static void write(JsonWriter json, KeyRecord key) {
    var principal = key.principal();
    json.name("key").object().name("id").value(principal.keyId());
    json.name("usable").value(key.active()).name("expires_at");
    text(json, principal.expiresAt().map(String::valueOf));
    json.name("allowed_models").array();
    principal.allowedModels().forEach(json::value);
    json.endArray().endObject().name("levels").array();
    for (var level : principal.levels()) {
      write(json, level);
    }
    json.endArray();
  }

  private static void write(JsonWriter json, Level level) {
    json.object().name("level").value(word(level.kind()));
    json.name("id").value(level.id()).name("guardrail_profile_id");
    text(json, level.guardrailProfile());
    json.name("routing_policy_id");
    text(json, level.routingPolicy());
    json.endObject();
  }

  /** A rule with the profile and the level that it comes from. */
  private static void write(JsonWriter json, GuardrailChain.Effective one) {
    var clause = one.clause();
    json.object().name("guardrail").value(one.guardrail());
    json.name("direction").value(word(one.direction())).name("action").value(word(clause.action()));
    json.name("level").value(clause.level());
    json.name("guardrail_profile_id").value(clause.profile().id());
    json.name("mandatory").value(clause.floor()).endObject();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void write(JsonWriter json, DryRun.Outcome outcome) {
    if (outcome.route().isEmpty()) {
      json.nullValue();
      return;
    }
    var route = outcome.route().get();
    json.object().name("id").value(route.id()).name("path").value(route.path().text());
    json.name("priority").value((long) route.priority()).name("guardrail_profile_id");
    text(json, route.guardrailProfileId());
    json.endObject();
  }

  private static void write(JsonWriter json, @Nullable RouteDecision decision) {
    if (decision == null) {
      json.nullValue();
    } else {
      decision.write(json);
    }
  }

  /** What the first target costs now; null when that is not known. */
  private void price(JsonWriter json, @Nullable RouteDecision decision, Snapshot snapshot) {
    var first = decision == null ? List.<Target>of() : decision.planned();
    var price = first.stream()
        .findFirst()
        .flatMap(target -> snapshot.prices().find(target.provider().name(), target.model()))
        .flatMap(history -> history.at(clock.instant()));
    if (price.isEmpty()) {
      json.nullValue();
      return;
    }
    json.object();
    rates(json, price.get().rates());
    json.name("tiers").array();
    for (var tier : price.get().tiers()) {
      json.object().name("above_input_tokens").value(tier.above());
      rates(json, tier.rates());
      json.endObject();
    }
    json.endArray().endObject();
  }

  private static void rates(JsonWriter json, Rates rates) {
    rates
        .nanos()
        .forEach((kind, nanos) -> json.name(word(kind) + "_nanos_per_million").value(nanos));
  }

  private static void refusal(JsonWriter json, @Nullable GatewayException refusal) {
    if (refusal == null) {
      json.nullValue();
      return;
    }
    json.object().name("status").value((long) refusal.status());
    json.name("code").value(refusal.code().code());
    json.name("message").value(refusal.text()).endObject();
  }

  private static void text(JsonWriter json, Optional<String> value) {
    if (value.isPresent()) {
      json.value(value.get());
    } else {
      json.nullValue();
    }
  }
}
