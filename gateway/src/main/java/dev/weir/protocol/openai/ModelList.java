package dev.weir.protocol.openai;

import dev.weir.protocol.json.JsonWriter;
import java.util.List;

/** What {@code GET /v1/models} and {@code GET /v1/models/{id}} answer. Source: OpenAI API reference, "Models" (read 2026-11-24). */
public final class ModelList {
  /**
   * One model.
   *
   * @param created seconds since 1970
   * @param ownedBy the provider's name
   */
  public record Model(String id, long created, String ownedBy) {}

  private ModelList() {}

  /** The list of models, in the given order. */
  public static byte[] list(List<Model> models) {
    var json =
        new JsonWriter().object().name("object").value("list").name("data").array();
    for (var model : models) {
      write(json, model);
    }
    return json.endArray().endObject().bytes();
  }

  /** One model alone. */
  public static byte[] one(Model model) {
    var json = new JsonWriter();
    write(json, model);
    return json.bytes();
  }

  private static void write(JsonWriter json, Model model) {
    json.object().name("id").value(model.id()).name("object").value("model");
    json.name("created")
        .value(model.created())
        .name("owned_by")
        .value(model.ownedBy())
        .endObject();
  }
}
