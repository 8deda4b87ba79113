package dev.weir.guardrail.custom;

import dev.weir.guardrail.CustomGuardrail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The guardrails that rules configure: one line each. Stateless. */
public final class CustomGuardrails {
  private CustomGuardrails() {}

  /** @param webhook what calls services; without it rules that name one are refused */
  public static List<CustomGuardrail> all(Optional<WebhookGuardrail> webhook) {
    var all = new ArrayList<CustomGuardrail>(List.of(
        new KeywordsGuardrail(),
        new PatternGuardrail(),
        new LanguageGuardrail(),
        new LengthGuardrail(),
        new JsonSchemaGuardrail()));
    webhook.ifPresent(all::add);
    return List.copyOf(all);
  }
}
