package dev.weir.guardrail.custom;

import dev.weir.guardrail.CustomGuardrail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The guardrails that rules configure: one line each. Stateless. */
public final class CustomGuardrails {
  private CustomGuardrails() {}

  /** @param transport how a webhook is called; without it rules that name one are refused */
  public static List<CustomGuardrail> all(Optional<WebhookTransport> transport) {
    var all = new ArrayList<CustomGuardrail>(List.of(
        new KeywordsGuardrail(),
        new PatternGuardrail(),
        new LanguageGuardrail(),
        new LengthGuardrail(),
        new JsonSchemaGuardrail()));
    transport.ifPresent(way -> all.add(new WebhookGuardrail(way)));
    return List.copyOf(all);
  }
}
