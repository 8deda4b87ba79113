package dev.weir.routing;

import dev.weir.identity.Principal;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.RequestTrace;
import dev.weir.telemetry.Stage;
import java.util.List;

/** Decides where a request goes. Immutable. */
public final class Router {
  private static final int MOST_QUOTED = 128;

  private final Catalogue catalogue;

  public Router(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * The targets for a caller and a model name.
   *
   * @throws GatewayException MODEL_NOT_FOUND, or PERMISSION_DENIED when the key may not use it
   */
  public RoutePlan plan(Principal caller, String model, RequestTrace trace) {
    var start = System.nanoTime();
    try {
      var target = catalogue.find(model).orElseThrow(() -> notFound(model));
      if (!allowed(caller, target)) {
        throw GatewayException.of(
                ErrorCode.PERMISSION_DENIED,
                "This key may not use the model " + quoted(model) + ".")
            .param("model");
      }
      return new RoutePlan(List.of(target));
    } finally {
      trace.spent(Stage.ROUTE, System.nanoTime() - start);
    }
  }

  /** The models that a caller may use. */
  public List<Target> visibleTo(Principal caller) {
    return catalogue.targets().stream()
        .filter(target -> allowed(caller, target))
        .toList();
  }

  private static boolean allowed(Principal caller, Target target) {
    var patterns = caller.allowedModels();
    if (patterns.isEmpty()) {
      return true;
    }
    for (var pattern : patterns) {
      if (matches(pattern, target.model()) || matches(pattern, target.id())) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  /** The failure for a model that is not there. */
  public static GatewayException notFound(String model) {
    return GatewayException.of(
            ErrorCode.MODEL_NOT_FOUND,
            "There is no model " + quoted(model) + ". GET /v1/models lists those this key may use.")
        .param("model");
  }

  private static String quoted(String model) {
    return "'" + (model.length() > MOST_QUOTED ? model.substring(0, MOST_QUOTED) + "…" : model)
        + "'";
  }
}
