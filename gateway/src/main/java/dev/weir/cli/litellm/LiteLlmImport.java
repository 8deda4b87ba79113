package dev.weir.cli.litellm;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Makes a configuration of ours of a LiteLLM proxy's (docs.litellm.ai/docs/proxy/configs, read 2026-11). Used by one thread.
 *
 * <p>What has nothing like it here is said with its line, and never passed over in silence.
 */
public final class LiteLlmImport {
  private static final JsonMapper JSON = new JsonMapper();
  private static final YAMLMapper YAML = YAMLMapper.builder()
      .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
      .disable(YAMLWriteFeature.SPLIT_LINES)
      .build();

  /** What of a deployment has been read when it is done; all else is said. */
  private static final Set<String> PARAMS = Set.of(
      "model",
      "api_base",
      "base_url",
      "api_key",
      "weight",
      "rpm",
      "tpm",
      "api_version",
      "input_cost_per_token",
      "output_cost_per_token",
      "cache_read_input_token_cost");

  private static final int TOKENS = 6;

  private final Notes notes = new Notes();
  private final LiteLlmProviders providers = new LiteLlmProviders(notes);
  private final LiteLlmPolicies policies = new LiteLlmPolicies(notes);
  private final List<Deployment> deployments = new ArrayList<>();
  private final ObjectNode made = JSON.createObjectNode();
  private final String tenant;

  /**
   * @param yaml our configuration
   * @param notes what was not brought over, or not as it was; each with file and line
   */
  public record Imported(String yaml, List<String> notes) {}

  private LiteLlmImport(String tenant) {
    this.tenant = tenant;
  }

  /**
   * Reads such a file.
   *
   * @param file its name, for the notes
   * @param tenant whose the policies will be
   * @throws IllegalArgumentException when it is no YAML, or has no {@code model_list}
   */
  public static Imported of(String file, String yaml, String tenant) {
    var root = Entry.read(yaml);
    if (root.at("model_list").elements().isEmpty()) {
      throw new IllegalArgumentException(
          file + " has no model_list, and is no configuration of LiteLLM's proxy.");
    }
    var run = new LiteLlmImport(tenant);
    run.settings(root);
    root.at("model_list").elements().forEach(run::deployment);
    run.resources(root);
    return new Imported(YAML.writeValueAsString(run.made), run.notes.lines(file));
  }

  private void settings(Entry root) {
    root.members().forEach((name, section) -> {
      switch (name) {
        case "model_list", "guardrails" -> {}
        case "router_settings", "litellm_settings", "general_settings" ->
          section.members().forEach(this::setting);
        case "environment_variables" ->
          section
              .members()
              .values()
              .forEach(one ->
                  notes.add(one, "not copied: set it in the environment where it is needed."));
        default -> notes.add(section, "not brought over.");
      }
    });
    redis(root.at("router_settings"));
  }

  private void setting(String name, Entry value) {
    switch (name) {
      case "routing_strategy" -> policies.strategy(value);
      case "num_retries" -> policies.retries(value);
      case "model_group_alias" -> policies.aliases(value);
      case "fallbacks", "context_window_fallbacks", "content_policy_fallbacks" ->
        policies.fallbacks(value);
      case "default_fallbacks" -> policies.defaultFallbacks(value);
      case "timeout", "request_timeout" -> time(value, "total_timeout");
      case "stream_timeout" -> time(value, "first_event_timeout");
      case "redis_host", "redis_port", "redis_password", "redis_url" -> {}
      case "database_url" -> database(value);
      case "master_key" ->
        notes.add(
            value,
            "not brought over: the first start makes an admin token, and keys are made anew.");
      case "allowed_fails",
          "cooldown_time",
          "retry_after",
          "retry_policy",
          "allowed_fails_policy" ->
        notes.add(value, "not needed: circuits open by themselves, and Retry-After is honoured.");
      case "success_callback", "failure_callback", "callbacks", "service_callbacks" ->
        notes.add(
            value,
            "not brought over: metrics are at /metrics, requests in the log and at /admin/v1/requests.");
      default -> notes.add(value, "not brought over.");
    }
  }

  private void time(Entry value, String setting) {
    var seconds = value.text().filter(text -> text.matches("[0-9]{1,5}(\\.[0-9]+)?"));
    if (seconds.isEmpty()) {
      notes.add(value, "not brought over: it is no number of seconds.");
      return;
    }
    var millis = new BigDecimal(seconds.get()).movePointRight(3).longValue();
    made.withObjectProperty("upstream").put(setting, millis + "ms");
  }

  private void database(Entry value) {
    var text = value.text().orElse("");
    if (text.startsWith(LiteLlmProviders.REFERENCE)) {
      var name = text.substring(LiteLlmProviders.REFERENCE.length());
      made.withObjectProperty("database")
          .put("url", LiteLlmProviders.variable(name, "postgresql://localhost:5432/ai_gateway"));
      notes.add(
          value,
          "the server is kept, but not the database: ours is another one, ai_gateway by default.");
    } else {
      notes.add(value, "not copied, for it may hold a password: set WEIR_DATABASE_URL.");
    }
  }

  private void redis(Entry router) {
    var place = router.at("redis_url").isThere() ? router.at("redis_url") : router.at("redis_host");
    if (place.isThere()) {
      notes.add(
          place,
          "not copied, for it may hold a password: set WEIR_REDIS_URL (redis://:password@host:6379/0).");
    }
  }

  private void deployment(Entry entry) {
    var params = entry.at("litellm_params");
    var model = params.text("model").orElse("");
    var name = entry.text("model_name").orElse(model);
    if (model.isEmpty()) {
      notes.add(entry, "not brought over: it names no model.");
      return;
    }
    var slash = model.indexOf('/');
    var given = params.text("custom_llm_provider");
    var prefix = given.orElse(slash > 0 ? model.substring(0, slash) : guessed(model));
    var rest = slash > 0 && (given.isEmpty() || model.startsWith(given.get() + "/"))
        ? model.substring(slash + 1)
        : model;
    var provider = providers.of(params, prefix);
    if (provider.isEmpty()) {
      return;
    }
    others(entry, params);
    var one = new Deployment(
        entry,
        name,
        provider.get(),
        rest.contains("*") ? Optional.empty() : Optional.of(rest),
        weight(params));
    if (one.model().isEmpty()) {
      providers.passesAll(one.provider());
    }
    deployments.add(one);
    policies.add(one);
  }

  // LiteLLM knows the vendor of its common models by their names
  private static String guessed(String model) {
    if (model.startsWith("claude")) {
      return "anthropic";
    }
    return model.startsWith("gemini") ? "gemini" : "openai";
  }

  private void others(Entry entry, Entry params) {
    params.members().forEach((name, value) -> {
      if (!PARAMS.contains(name) && !name.equals("custom_llm_provider")) {
        notes.add(
            value,
            name.startsWith("aws_") || name.startsWith("vertex_")
                ? "not copied: the provider takes it from the environment."
                : "not brought over: an API route can fix parameters of requests (docs/routing.md).");
      }
    });
    for (var limit : List.of("rpm", "tpm")) {
      if (params.at(limit).isThere()) {
        notes.add(params.at(limit), "used as the share of the requests, not as a limit.");
      }
    }
    entry.members().forEach((name, value) -> {
      if (!Set.of("model_name", "litellm_params", "model_info").contains(name)) {
        notes.add(value, "not brought over.");
      }
    });
  }

  private static long weight(Entry params) {
    for (var name : List.of("weight", "rpm", "tpm")) {
      var text = params.text(name).filter(value -> value.matches("[0-9]{1,6}"));
      if (text.isPresent()) {
        return Math.max(1, Math.min(1_000_000, Long.parseLong(text.get())));
      }
    }
    return 1;
  }

  private void resources(Entry root) {
    var resources = made.putObject("resources");
    var owner = resources.putArray("tenants").addObject().put("name", tenant);
    var rules = LiteLlmGuardrails.rules(root.at("guardrails"), notes);
    if (!rules.isEmpty()) {
      owner.put("guardrail_profile", LiteLlmGuardrails.PROFILE);
      resources
          .putArray("guardrail_profiles")
          .addObject()
          .put("tenant", tenant)
          .put("name", LiteLlmGuardrails.PROFILE)
          .set("rules", rules);
    }
    resources.set("providers", providers.declared());
    resources.set("models", models());
    resources.set("routing_policies", policies.policies(tenant, root));
  }

  private ArrayNode models() {
    var models = JSON.createArrayNode();
    var seen = new LinkedHashSet<String>();
    for (var one : deployments) {
      if (providers.listsModels(one.provider()) && seen.add(one.target())) {
        var model = models
            .addObject()
            .put("provider", one.provider())
            .put("name", one.model().orElseThrow());
        price(one.entry()).ifPresent(price -> model.putArray("prices").add(price));
      }
    }
    return models;
  }

  private static Optional<ObjectNode> price(Entry entry) {
    var input = dollars(entry, "input_cost_per_token");
    var output = dollars(entry, "output_cost_per_token");
    if (input.isEmpty() || output.isEmpty()) {
      return Optional.empty();
    }
    var price = JSON.createObjectNode().put("valid_from", "2020-01-01T00:00:00Z");
    price.put("input_usd_per_million", input.get()).put("output_usd_per_million", output.get());
    dollars(entry, "cache_read_input_token_cost")
        .ifPresent(cached -> price.put("cached_input_usd_per_million", cached));
    return Optional.of(price);
  }

  private static Optional<BigDecimal> dollars(Entry entry, String name) {
    return entry
        .at("litellm_params")
        .text(name)
        .or(() -> entry.at("model_info").text(name))
        .filter(text -> text.matches("[0-9.]+([eE][-+]?[0-9]+)?"))
        .map(text -> new BigDecimal(
            new BigDecimal(text).movePointRight(TOKENS).stripTrailingZeros().toPlainString()));
  }
}
