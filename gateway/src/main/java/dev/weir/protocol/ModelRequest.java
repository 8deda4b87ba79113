package dev.weir.protocol;

import dev.weir.protocol.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client's request to a model, as far as routing and upstream need to know it. Immutable. */
public interface ModelRequest {
  Operation operation();

  /** The model as the client named it. */
  String model();

  /** Whether the answer is to come as server-sent events. */
  boolean stream();

  /** The client's headers that are for a provider of its own protocol, by an allowlist; names in lower case. */
  default List<Map.Entry<String, String>> headers() {
    return List.of();
  }

  /** The client's document, checked, for those who read more of it. */
  JsonObject document();

  /**
   * The same request in another document: an edit of its own.
   *
   * @throws GatewayException when the document is no such request
   */
  ModelRequest with(byte[] document);

  /** An answer by which a model would decline; empty where this kind of request has none. */
  default Optional<Reply> refusal(String message) {
    return Optional.empty();
  }

  /** An answer of the gateway's own, for where the provider has nothing like the operation; empty where there is none. */
  default Optional<Reply> ownAnswer() {
    return Optional.empty();
  }

  /** The document for upstream: the client's own bytes but for the model's name and what the gateway must ask besides. */
  byte[] bodyFor(String model);

  /** A fresh reader for one attempt's answer. */
  AnswerReader reader();
}
