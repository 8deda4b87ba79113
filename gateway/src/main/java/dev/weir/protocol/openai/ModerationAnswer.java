package dev.weir.protocol.openai;

import dev.weir.protocol.json.JsonWriter;
import java.util.List;
import java.util.Map;

/**
 * The answer to a moderation request. Stateless. Source: OpenAI API reference, "The moderation object" (read 2026-11-24).
 */
public final class ModerationAnswer {
  /** The categories in OpenAI's order; those that nobody scores here are never flagged. */
  private static final List<String> CATEGORIES = List.of(
      "harassment",
      "harassment/threatening",
      "sexual",
      "hate",
      "hate/threatening",
      "illicit",
      "illicit/violent",
      "self-harm/intent",
      "self-harm/instructions",
      "self-harm",
      "sexual/minors",
      "violence",
      "violence/graphic");

  private ModerationAnswer() {}

  /** How sure a category is, and whether that is enough. */
  public record Verdict(float score, boolean flagged) {
    static final Verdict NONE = new Verdict(0, false);
  }

  /** The document.
   *
   * @param results for each text the verdict of each category that was scored, by OpenAI's names
   */
  public static byte[] write(String id, String model, List<Map<String, Verdict>> results) {
    var json = new JsonWriter().object().name("id").value(id).name("model").value(model);
    json.name("results").array();
    for (var result : results) {
      json.object();
      json.name("flagged").value(result.values().stream().anyMatch(Verdict::flagged));
      json.name("categories").object();
      for (var category : CATEGORIES) {
        json.name(category).value(result.getOrDefault(category, Verdict.NONE).flagged());
      }
      json.endObject().name("category_scores").object();
      for (var category : CATEGORIES) {
        json.name(category).value(result.getOrDefault(category, Verdict.NONE).score());
      }
      json.endObject().name("category_applied_input_types").object();
      for (var category : CATEGORIES) {
        json.name(category).array();
        if (result.containsKey(category)) {
          json.value("text");
        }
        json.endArray();
      }
      json.endObject().endObject();
    }
    return json.endArray().endObject().bytes();
  }
}
