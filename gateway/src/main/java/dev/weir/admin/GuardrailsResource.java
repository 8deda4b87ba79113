package dev.weir.admin;

import dev.weir.guardrail.Direction;
import dev.weir.guardrail.engine.Guardrails;
import dev.weir.guardrail.engine.Scores;
import dev.weir.guardrail.engine.TextCheck;
import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.guardrail.profile.GuardrailProfile;
import dev.weir.guardrail.profile.Naming;
import dev.weir.guardrail.scan.Hit;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.store.Actor;
import dev.weir.store.AggregateStore;
import dev.weir.store.Aggregates;
import dev.weir.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What guardrails would do to a text, and which ones hold for a key. Safe for many threads. */
final class GuardrailsResource {
  private static final JsonMapper JSON = new JsonMapper();

  private final AggregateStore tenants;
  private final AggregateStore profiles;
  private final AggregateStore keys;
  private final LiveView live;
  private final Guardrails stage;
  private final Scores scores;

  GuardrailsResource(Stores stores, LiveView live, DocumentChecks checks, Guardrails stage) {
    this.tenants = stores.rows(Aggregates.TENANTS);
    this.profiles = stores.rows(Aggregates.GUARDRAIL_PROFILES);
    this.keys = stores.rows(Aggregates.API_KEYS);
    this.live = live;
    this.stage = stage;
    this.scores = new Scores(checks.detectors(), Duration.ofSeconds(5));
  }

  void register(Operations operations) {
    operations.on("checkGuardrails", this::check);
    operations.on("effectiveGuardrails", this::effective);
  }

  private Answer check(AdminRequest request) {
    var body = request.body();
    var direction = Direction.valueOf(body.get("direction").asString("").toUpperCase(Locale.ROOT));
    var tenant = text(body, "tenant_id");
    var check = new TextCheck(
        stage,
        chain(request.actor(), tenant, text(body, "guardrail_profile_id")),
        direction,
        tenant.orElse(""));
    boolean withScores = body.path("include_scores").asBoolean(false);
    var answer = JSON.createObjectNode();
    var results = answer.putArray("results");
    var texts = body.get("texts").valueStream().map(text -> text.asString("")).toList();
    var outcomes = check.of(texts);
    for (int i = 0; i < texts.size(); i++) {
      results.add(result(outcomes.get(i), texts.get(i), withScores));
    }
    return Answer.ok(answer);
  }

  private ObjectNode result(TextCheck.Outcome outcome, String text, boolean withScores) {
    var result = JSON.createObjectNode();
    result.put("action", outcome.action().word()).put("text", outcome.text());
    var findings = result.putArray("findings");
    for (var hit : outcome.hits()) {
      findings.add(finding(hit, text));
    }
    if (withScores) {
      var found = result.putObject("scores");
      scores.of(text).forEach((id, score) -> found.put(id, score.value()));
      toxicity(found);
    }
    return result;
  }

  /** The group's score is that of its surest member. */
  private static void toxicity(ObjectNode scores) {
    double most = -1;
    for (var one : scores.properties()) {
      if (one.getKey().startsWith("toxicity.")) {
        most = Math.max(most, one.getValue().asDouble(0));
      }
    }
    if (most >= 0 && !scores.has("toxicity")) {
      scores.put("toxicity", most);
    }
  }

  private static ObjectNode finding(Hit hit, String text) {
    var id = hit.finding().guardrail();
    return JSON.createObjectNode()
        .put("guardrail", id)
        .put("category", id.substring(id.indexOf('.') + 1))
        .put("start", text.codePointCount(0, hit.start()))
        .put("end", text.codePointCount(0, hit.end()))
        .put("score", hit.finding().score())
        .put("action", hit.action().word());
  }

  /** Rows as they are now, not as the last snapshot had them: who has just saved a profile wants to try it. */
  private GuardrailChain chain(Actor actor, Optional<String> tenant, Optional<String> profile) {
    var builtIn = live.snapshots().current().guardrails();
    if (tenant.isEmpty() && profile.isEmpty()) {
      return builtIn.everythingFlagged();
    }
    var read = new ArrayList<GuardrailProfile>();
    var namings = new ArrayList<Naming>();
    var owner = tenant;
    if (profile.isPresent()) {
      if (builtIn.profile(profile.get()) == null) {
        var row = profiles.get(actor, profile.get());
        var of = row.document().path("tenant_id").asString("");
        if (tenant.isPresent() && !tenant.get().equals(of)) {
          throw AggregateStore.notFound();
        }
        owner = Optional.of(of);
        read.add(profile(row.document()));
      }
      namings.add(new Naming("key", profile.get()));
    }
    if (owner.isPresent()) {
      named(actor, owner.get()).ifPresent(id -> {
        if (builtIn.profile(id) == null) {
          read.add(profile(profiles.get(actor, id).document()));
        }
        namings.add(new Naming("tenant", id));
      });
    }
    return builtIn.with(read).chain(namings, Optional.empty());
  }

  private Optional<String> named(Actor actor, String tenant) {
    return text(tenants.get(actor, tenant).document(), "guardrail_profile_id");
  }

  private GuardrailProfile profile(ObjectNode row) {
    return GuardrailProfile.read(
        row.path("id").asString(""),
        row.path("name").asString(""),
        0,
        row.get("rules").toString(),
        live.snapshots().current().guardrails().detectors());
  }

  private Answer effective(AdminRequest request) {
    var id = request
        .queried("api_key_id")
        .orElseThrow(() -> GatewayException.of(
                ErrorCode.INVALID_VALUE, "'api_key_id' is missing: which key is it about?")
            .param("api_key_id"));
    // says 404 for a key of another tenant
    var _ = keys.get(request.actor(), id);
    var key = live.keys().apply(id).orElseThrow(AggregateStore::notFound).principal();
    var chain = live.snapshots().current().guardrails(key, Optional.empty(), Optional.empty());
    var answer = JSON.createObjectNode().put("api_key_id", id);
    var levels = answer.putArray("levels");
    for (var level : key.levels()) {
      levels
          .addObject()
          .put("level", level.kind().name().toLowerCase(Locale.ROOT))
          .put("id", level.id())
          .put("guardrail_profile_id", level.guardrailProfile().orElse(null));
    }
    var rules = answer.putArray("rules");
    chain.effective().forEach(one -> rules.add(rule(one)));
    return Answer.ok(answer);
  }

  private static ObjectNode rule(GuardrailChain.Effective one) {
    var clause = one.clause();
    var rule = clause.rule();
    var form = JSON.createObjectNode()
        .put("guardrail", one.guardrail())
        .put("direction", word(one.direction()))
        .put("action", clause.action().word())
        .put("threshold", clause.threshold())
        .put("mandatory", rule.mandatory());
    if (one.direction() == Direction.INPUT) {
      var roles = form.putArray("roles");
      rule.scope().roles().stream().sorted().forEach(role -> roles.add(word(role)));
    }
    var handling = rule.handling();
    form.put("redaction", word(handling.redaction()))
        .put("on_error", word(handling.onError()))
        .put("on_oversize", word(handling.onOversize()));
    form.putObject("source")
        .put("rule", rule.guardrail())
        .put("profile_id", clause.profile().id())
        .put("profile_name", clause.profile().name())
        .put("profile_version", clause.profile().version())
        .put("level", clause.level())
        .put("floor", clause.floor());
    return form;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<String> text(ObjectNode node, String name) {
    var value = node.path(name);
    return value.isString() ? Optional.of(value.asString("")) : Optional.empty();
  }
}
