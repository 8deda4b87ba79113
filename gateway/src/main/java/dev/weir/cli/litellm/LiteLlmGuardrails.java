package dev.weir.cli.litellm;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code guardrails} as one profile of ours, as far as there is the like. Stateless.
 *
 * <p>Presidio's entities as docs.litellm.ai/docs/proxy/guardrails/pii_masking_v2 lists them (2026-11).
 */
final class LiteLlmGuardrails {
  static final String PROFILE = "imported";
  private static final JsonMapper JSON = new JsonMapper();

  private static final Map<String, String> ENTITIES = Map.ofEntries(
      Map.entry("EMAIL_ADDRESS", "pii.email"),
      Map.entry("PHONE_NUMBER", "pii.phone"),
      Map.entry("CREDIT_CARD", "pii.card"),
      Map.entry("IBAN_CODE", "pii.iban"),
      Map.entry("IP_ADDRESS", "pii.ip"),
      Map.entry("CRYPTO", "pii.crypto"),
      Map.entry("US_SSN", "pii.us_ssn"),
      Map.entry("UK_NHS", "pii.uk_nhs"),
      Map.entry("IN_AADHAAR", "pii.in_aadhaar"),
      Map.entry("PERSON", "pii.person"),
      Map.entry("LOCATION", "pii.location"));

  private LiteLlmGuardrails() {}

  /** The rules; none when there is nothing like any of them. */
  static ArrayNode rules(Entry guardrails, Notes notes) {
    var rules = JSON.createArrayNode();
    for (var guardrail : guardrails.elements()) {
      var params = guardrail.at("litellm_params");
      var kind = params.text("guardrail").orElse("");
      switch (kind) {
        case "presidio" -> presidio(rules, params, notes);
        case "hide-secrets" -> rule(rules, "secrets", "redact", params);
        case "lakera", "lakera_v2", "prompt_shield", "azure/prompt_shield", "pangea" ->
          rule(rules, "injection", "block", params);
        case "openai_moderation", "azure/text_moderations" ->
          rule(rules, "toxicity", "block", params);
        default -> {
          notes.add(guardrail, "not brought over: there is no guardrail like " + kind + ".");
          continue;
        }
      }
      notes.add(guardrail, "checked by the gateway's own detectors in the place of " + kind + ".");
      if (!params.at("default_on").isTrue()) {
        notes.add(
            guardrail, "not on by default there; here it holds for every request of the tenant.");
      }
    }
    return rules;
  }

  private static void presidio(ArrayNode rules, Entry params, Notes notes) {
    var entities = params.at("pii_entities_config").members();
    if (entities.isEmpty()) {
      rule(rules, "pii", "redact", params);
    }
    entities.forEach((entity, action) -> {
      var guardrail = ENTITIES.get(entity.toUpperCase(Locale.ROOT));
      if (guardrail == null) {
        notes.add(
            action, "not brought over: see docs/guardrails-pii.md for the identifiers there are.");
      } else {
        var block = action.text().filter("BLOCK"::equalsIgnoreCase).isPresent();
        rule(rules, guardrail, block ? "block" : "redact", params);
      }
    });
  }

  private static void rule(ArrayNode rules, String guardrail, String action, Entry params) {
    ObjectNode rule = rules.addObject().put("guardrail", guardrail).put("action", action);
    var modes = params
        .at("mode")
        .text()
        .map(List::of)
        .orElseGet(() -> params.at("mode").elements().stream()
            .flatMap(one -> one.text().stream())
            .toList());
    var directions = rule.putArray("directions");
    if (modes.isEmpty() || modes.contains("pre_call") || modes.contains("during_call")) {
      directions.add("input");
    }
    if (modes.contains("post_call")) {
      directions.add("output");
    }
    if (directions.isEmpty()) {
      directions.add("input");
    }
  }
}
