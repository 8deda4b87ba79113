package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import java.util.Set;

/** The paths of the data port that are everybody's: they are looked up first, and no tenant's route may stand there. Stateless. */
public final class BuiltInPaths {
  private static final Set<String> LITERAL = Set.of(
      "/v1/chat/completions",
      "/v1/completions",
      "/v1/responses",
      "/v1/messages",
      "/v1/messages/count_tokens",
      "/v1/embeddings",
      "/v1/moderations",
      "/v1/models",
      "/livez",
      "/readyz",
      "/health/liveliness",
      "/health/liveness",
      "/health/readiness");

  private static final String MODELS = "/v1/models/";

  private BuiltInPaths() {}

  /** Whether this path is taken. */
  public static boolean contains(String path) {
    return LITERAL.contains(path) || path.startsWith(MODELS);
  }

  static void refuse(String pattern) {
    if (contains(pattern)) {
      throw new InvalidDocument("path", pattern + " is a path of the gateway itself.");
    }
  }
}
