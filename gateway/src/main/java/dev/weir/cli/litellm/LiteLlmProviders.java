package dev.weir.cli.litellm;

import dev.weir.Providers;
import dev.weir.provider.ProviderSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The providers that deployments need: one for each kind, address and key. Used by one thread.
 *
 * <p>Prefixes of LiteLLM's model names as its documentation lists them (docs.litellm.ai/docs/providers, 2026-11).
 */
final class LiteLlmProviders {
  static final String REFERENCE = "os.environ/";
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final JsonMapper JSON = new JsonMapper();

  private static final Map<String, String> PREFIXES = Map.ofEntries(
      Map.entry("text-completion-openai", "openai"),
      Map.entry("anthropic_text", "anthropic"),
      Map.entry("together_ai", "together"),
      Map.entry("fireworks_ai", "fireworks"),
      Map.entry("nvidia_nim", "nvidia"),
      Map.entry("cohere_chat", "cohere"),
      Map.entry("ollama_chat", "ollama"),
      Map.entry("hosted_vllm", "vllm"),
      Map.entry("lm_studio", "lmstudio"),
      Map.entry("openai_like", "openai"),
      Map.entry("custom_openai", "openai"),
      Map.entry("litellm_proxy", "openai"));

  /** The kinds whose address and keys are no base URL and API key: they come by the environment. */
  private static final Map<String, String> ENVIRONMENT = Map.of(
      "bedrock", "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION",
      "vertex_ai", "Vertex AI's variables (docs of the provider)");

  private final Map<String, ObjectNode> byKey = new LinkedHashMap<>();
  private final Set<String> wholeSale = new java.util.HashSet<>();
  private final Notes notes;

  LiteLlmProviders(Notes notes) {
    this.notes = notes;
  }

  /** The provider of a deployment, by the name that its targets begin with; empty when there is none like it. */
  Optional<String> of(Entry params, String prefix) {
    var model = params.at("model");
    if (ENVIRONMENT.containsKey(prefix)) {
      notes.add(
          model, "the provider comes by the environment: set " + ENVIRONMENT.get(prefix) + ".");
      return Optional.of(prefix.equals("vertex_ai") ? "vertex" : prefix);
    }
    var type = PREFIXES.getOrDefault(prefix, prefix);
    if (!type.equals("azure") && !Providers.ALL.types().contains(type)) {
      notes.add(model, "not brought over: there is no provider like " + prefix + ".");
      return Optional.empty();
    }
    var url = address(params, type);
    if (url.isEmpty()) {
      notes.add(model, "not brought over: it has no api_base, and the provider no usual one.");
      return Optional.empty();
    }
    var key = key(params, type);
    var identity = type + " " + url.get() + " " + key.orElse("");
    return Optional.of(byKey
        .computeIfAbsent(identity, _ -> made(type, url.get(), key))
        .get("name")
        .asString());
  }

  private ObjectNode made(String type, String url, Optional<String> key) {
    var count = byKey.values().stream()
        .filter(one -> one.get("name").asString().matches(Pattern.quote(type) + "(-[0-9]+)?"))
        .count();
    var made = JSON.createObjectNode().put("name", count == 0 ? type : type + "-" + (count + 1));
    made.put("type", declared(type)).put("base_url", url);
    key.ifPresent(one -> made.putArray("credentials").addObject().put("api_key", one));
    return made;
  }

  // Azure is declared at its address, where it speaks OpenAI's protocol
  private static String declared(String type) {
    return type.equals("azure") ? "openai" : type;
  }

  private Optional<String> address(Entry params, String type) {
    var given = params.text("api_base").or(() -> params.text("base_url"));
    if (given.isEmpty()) {
      return type.equals("azure")
          ? Optional.empty()
          : Providers.ALL.of(type).home(ProviderSettings.NONE);
    }
    var url = given.get();
    if (url.startsWith(REFERENCE)) {
      return Optional.of(variable(url.substring(REFERENCE.length()), "http://set-it.invalid/v1"));
    }
    var plain = url.replaceAll("/+$", "").replaceAll("/chat/completions$", "");
    if (type.equals("azure") && !plain.contains("/openai/")) {
      return Optional.of(plain + "/openai/v1");
    }
    return Optional.of(type.equals("ollama") && !plain.endsWith("/v1") ? plain + "/v1" : plain);
  }

  private Optional<String> key(Entry params, String type) {
    var given = params.text("api_key");
    if (given.isEmpty()) {
      var usual = type.toUpperCase(Locale.ROOT) + "_API_KEY";
      return type.equals("ollama") || type.equals("vllm")
          ? Optional.empty()
          : Optional.of(variable(usual, "set-" + usual));
    }
    if (given.get().startsWith(REFERENCE)) {
      var name = given.get().substring(REFERENCE.length());
      return Optional.of(variable(name, "set-" + name));
    }
    var name = type.toUpperCase(Locale.ROOT) + "_API_KEY";
    notes.add(
        params.at("api_key"),
        "a key in clear is not copied: put it into the variable " + name + ".");
    return Optional.of(variable(name, "set-" + name));
  }

  /** A reference to a variable, with what holds its place until it is set. */
  static String variable(String name, String placeholder) {
    return VARIABLE.matcher(name).matches() ? "${" + name + ":" + placeholder + "}" : placeholder;
  }

  /** This provider passes any model on: none of its models is declared. */
  void passesAll(String provider) {
    wholeSale.add(provider);
  }

  boolean listsModels(String provider) {
    return !wholeSale.contains(provider)
        && byKey.values().stream().anyMatch(one -> one.get("name").asString().equals(provider));
  }

  ArrayNode declared() {
    var all = JSON.createArrayNode();
    byKey.values().forEach(all::add);
    return all;
  }
}
