package dev.weir.pipeline;

import dev.weir.protocol.openai.ModelList;
import dev.weir.routing.Router;
import dev.weir.routing.VisibleModel;
import java.util.List;

/** {@code GET /v1/models}: what this key may use, and nothing else. Safe for many threads. */
public final class ModelsEndpoint {
  private final Stages stages;

  public ModelsEndpoint(Stages stages) {
    this.stages = stages;
  }

  /** All of them. */
  public void list(Exchange exchange) {
    exchange.answer(
        200,
        ModelList.list(visible(exchange).stream().map(ModelsEndpoint::entry).toList()));
  }

  /** One, by its id or its bare name. */
  public void one(Exchange exchange) {
    var models = visible(exchange);
    var name = exchange.pathParameter("id");
    var found = models.stream()
        .filter(model -> model.id().equals(name) || model.bareName().equals(name))
        .findFirst()
        .orElseThrow(() -> Router.notFound(name));
    exchange.answer(200, ModelList.one(entry(found)));
  }

  private List<VisibleModel> visible(Exchange exchange) {
    var caller = stages.keyRing().authenticate(exchange.credential(), exchange.trace());
    return stages.snapshots().currentFor(caller).router().visibleTo(caller);
  }

  private static ModelList.Model entry(VisibleModel model) {
    return new ModelList.Model(model.id(), 0, model.owner());
  }
}
