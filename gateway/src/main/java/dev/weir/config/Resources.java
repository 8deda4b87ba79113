package dev.weir.config;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the file declares: the admin API's objects with its fields, but for ids, in whose place stand names. Immutable.
 */
public record Resources(
    @Setting("Organisations") List<Tenant> tenants,
    @Setting("Rules for what is said; a tenant's own") List<GuardrailProfile> guardrailProfiles,
    @Setting("Where model names lead; a tenant's own") List<RoutingPolicy> routingPolicies,
    @Setting("Parts of a tenant") List<Department> departments,
    @Setting("Parts of a department") List<Team> teams,
    @Setting("Keys of applications") List<ApiKey> apiKeys,
    @Setting("Paths of a tenant's own on the data port") List<ApiRoute> apiRoutes,
    @Setting("Servers that answer requests") List<Provider> providers,

    @Setting("Models that providers have, for bare model names")
    List<Model> models) {
  /** Nothing declared. */
  public static final Resources NONE = new Resources(
      List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
      List.of());

  static final String REGION = "[a-z0-9-]{1,40}";

  static final String NAME = "(?s).{1,200}";

  /** An organisation. */
  public record Tenant(
      @Setting(value = "Its name, which no other tenant has", pattern = NAME)
      String name,

      @Setting("false: all its keys are refused") Optional<Boolean> active,

      @Setting("Name of one of its guardrail profiles, or of a built-in one")
      Optional<String> guardrailProfile,

      @Setting("Name of a routing policy of the tenant") Optional<String> routingPolicy) {}

  /** Rules for what is said. */
  public record GuardrailProfile(
      @Setting("The tenant's name") String tenant,

      @Setting(value = "Its name, which no other of the tenant has", pattern = NAME)
      String name,

      @Setting("false: it is not used") Optional<Boolean> active,

      @Setting("What is looked for, and what is done when it is found; docs/guardrails.md")
      List<JsonNode> rules) {}

  /** The rule that turns model names into plans. */
  public record RoutingPolicy(
      @Setting("The tenant's name") String tenant,

      @Setting(value = "Its name, which no other of the tenant has", pattern = NAME)
      String name,

      @Setting("models: the names it answers for") Optional<JsonNode> match,

      @Setting(
          "type: fallback, weighted, latency, least_busy, cheapest or conditional; docs/routing.md")
      JsonNode strategy,

      @Setting("false: it is not used") Optional<Boolean> active) {}

  /** A path of a tenant's own. */
  public record ApiRoute(
      @Setting("The tenant's name") String tenant,

      @Setting(value = "It begins with a slash", pattern = "/\\S{1,511}")
      String path,

      @Setting("POST where it is left out") Optional<String> method,
      @Setting("openai.chat where it is left out") Optional<String> protocol,

      @Setting(value = "The highest is looked at first", min = -1_000_000, max = 1_000_000)
      Optional<Integer> priority,

      @Setting("Name of a routing policy of the tenant") Optional<String> routingPolicy,
      @Setting("A model, in the place of a policy") Optional<String> model,

      @Setting("Name of a guardrail profile of the tenant, or of a built-in one")
      Optional<String> guardrailProfile,

      @Setting("Members that each request gets") Optional<JsonNode> parameters,
      @Setting("false: it is not served") Optional<Boolean> active) {}

  /** A part of a tenant. */
  public record Department(
      @Setting("The tenant's name") String tenant,

      @Setting(value = "Its name, which no other of the tenant has", pattern = NAME)
      String name,

      @Setting("false: all its keys are refused") Optional<Boolean> active,

      @Setting("Name of a guardrail profile of the tenant, or of a built-in one")
      Optional<String> guardrailProfile,

      @Setting("Name of a routing policy of the tenant") Optional<String> routingPolicy) {}

  /** A part of a department. */
  public record Team(
      @Setting("The tenant's name") String tenant,
      @Setting("The department's name") String department,

      @Setting(value = "Its name, which no other of the department has", pattern = NAME)
      String name,

      @Setting("false: all its keys are refused") Optional<Boolean> active,

      @Setting("Name of a guardrail profile of the tenant, or of a built-in one")
      Optional<String> guardrailProfile,

      @Setting("Name of a routing policy of the tenant") Optional<String> routingPolicy) {}

  /** An application's key: whole, from a variable, or by its public id and hash. */
  public record ApiKey(
      @Setting("The tenant's name") String tenant,
      @Setting("The department's name") Optional<String> department,
      @Setting("The team's name; needs the department's") Optional<String> team,

      @Setting(value = "Its name, which no other declared key of the tenant has", pattern = NAME)
      String name,

      @Setting("The key itself, best as ${VARIABLE}; ./weir keys generate makes one")
      Optional<String> key,

      @Setting(value = "Instead of the key: its public id", pattern = "[0-9A-Za-z]{16}")
      Optional<String> publicId,

      @Setting(value = "Instead of the key: its hash", pattern = "[0-9a-f]{64}")
      Optional<String> hash,

      @Setting(value = "Instead of the key: its last four characters", pattern = "[0-9A-Za-z]{4}")
      Optional<String> last4,

      @Setting("false: it is refused") Optional<Boolean> active,
      @Setting("From when on it is refused") Optional<Instant> expiresAt,

      @Setting("Models it may use, with * at the end for all that begin so; none: all")
      List<String> allowedModels,

      @Setting("Addresses or networks it may be used from; none: all")
      List<String> allowedAddresses,

      @Setting("Name of a guardrail profile of the tenant, or of a built-in one")
      Optional<String> guardrailProfile,

      @Setting("Name of a routing policy of the tenant") Optional<String> routingPolicy) {
    /** Without the key. */
    @Override
    public String toString() {
      return "ApiKey[" + name + "]";
    }
  }

  /** A server that answers requests; without models any name is passed on to it. */
  public record Provider(
      @Setting(
          value = "Before the slash of <provider>/<model>",
          pattern = "[a-z0-9][a-z0-9_-]{0,62}")
      String name,

      @Setting(
          value = "The protocol it speaks",
          oneOf = {
            "anthropic",
            "azure",
            "bedrock",
            "cohere",
            "gemini",
            "vertex",
            "openai",
            "mistral",
            "groq",
            "deepseek",
            "openrouter",
            "together",
            "fireworks",
            "xai",
            "cerebras",
            "perplexity",
            "nvidia",
            "moonshot",
            "huggingface",
            "sambanova",
            "deepinfra",
            "ollama",
            "vllm",
            "lmstudio",
            "llamacpp"
          })
      Optional<String> type,

      @Setting(
          value = "Up to and without the operation's path; the vendor's own where it is left out",
          pattern = "https?://\\S+")
      Optional<String> baseUrl,

      @Setting(value = "Where a cloud serves the models: bedrock, vertex", pattern = REGION)
      Optional<String> region,

      @Setting(value = "The project on Google Cloud: vertex", pattern = "[a-z0-9:.-]{1,100}")
      Optional<String> project,

      @Setting(value = "Version of Azure's older paths: azure", pattern = "[0-9a-z-]{1,40}")
      Optional<String> apiVersion,

      @Setting("Deployments by the models they serve: azure")
      Optional<JsonNode> deployments,

      @Setting("Keys the provider gave out") List<Credential> credentials,
      @Setting("false: it is not used") Optional<Boolean> active) {}

  /** A key for a provider. */
  public record Credential(
      @Setting("The key; best as ${VARIABLE}") Optional<String> apiKey,
      @Setting("An access key of AWS: its id") Optional<String> accessKeyId,

      @Setting("An access key of AWS: its secret; best as ${VARIABLE}")
      Optional<String> secretAccessKey,

      @Setting("An access key of AWS: the token of a session")
      Optional<String> sessionToken,

      @Setting("The text of a service account's key file; best as ${VARIABLE}")
      Optional<String> serviceAccount) {
    /** Without the key. */
    @Override
    public String toString() {
      return "Credential[…]";
    }
  }

  /** A model that a provider has. */
  public record Model(
      @Setting("The provider's name") String provider,
      @Setting("The name the provider answers to") String name,
      @Setting("false: it is not used") Optional<Boolean> active,

      @Setting("What it costs; without a price its use costs an unknown sum, not nothing")
      List<Price> prices) {}

  /** What a million tokens cost from a time on, until the next price. */
  public record Price(
      @Setting("From when on it holds") Instant validFrom,
      @Setting("Of what is sent") BigDecimal inputUsdPerMillion,
      @Setting("Of what is answered") BigDecimal outputUsdPerMillion,

      @Setting("Of what is sent and the provider had cached; as any other where it is left out")
      Optional<BigDecimal> cachedInputUsdPerMillion) {}
}
