package dev.weir.pipeline;

import dev.weir.guardrail.engine.Scores;
import dev.weir.protocol.openai.ModerationAnswer;
import dev.weir.protocol.openai.ModerationAnswer.Verdict;
import dev.weir.protocol.openai.ModerationRequest;
import dev.weir.routing.Router;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code POST /v1/moderations}: texts judged by the models in the process; nothing is sent anywhere. Safe for many threads. */
public final class ModerationsEndpoint implements Endpoint {
  /** What the local models are called; OpenAI's names for its own are taken as well. */
  public static final String MODEL = "weir-moderation";

  private static final List<String> TAKEN = List.of(MODEL, "omni-moderation", "text-moderation");

  /** Our ids and the names that OpenAI has for them. */
  private static final Map<String, String> CATEGORIES = Map.of(
      "toxicity.hate", "hate",
      "toxicity.harassment", "harassment",
      "toxicity.sexual", "sexual",
      "toxicity.violence", "violence",
      "toxicity.self_harm", "self-harm");

  private final Stages stages;
  private final Scores scores;

  public ModerationsEndpoint(Stages stages, Scores scores) {
    this.stages = stages;
    this.scores = scores;
  }

  @Override
  public void handle(Exchange exchange) {
    var trace = exchange.trace();
    var _ = stages.keyRing().authenticate(exchange.credential(), trace);
    try (var _ = stages.admission().admit(trace)) {
      var request = ModerationRequest.read(exchange.body());
      if (TAKEN.stream().noneMatch(request.model()::startsWith)) {
        throw Router.notFound(request.model());
      }
      trace.model = MODEL;
      var results = request.texts().stream().map(this::judge).toList();
      exchange.answer(200, ModerationAnswer.write("modr-" + trace.requestId(), MODEL, results));
    }
  }

  private Map<String, Verdict> judge(String text) {
    var verdicts = new HashMap<String, Verdict>();
    scores.of(text).forEach((id, score) -> {
      var category = CATEGORIES.get(id);
      if (category != null) {
        verdicts.put(category, new Verdict((float) score.value(), score.counts()));
      }
    });
    return verdicts;
  }
}
