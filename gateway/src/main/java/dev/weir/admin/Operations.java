package dev.weir.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What answers each operation of the contract, by its id. Filled at start by one thread, then only read. */
final class Operations {
  /** Answers one operation; called on a virtual thread, and may block. */
  @FunctionalInterface
  interface Handler {
    Answer handle(AdminRequest request);
  }

  private final Map<String, Handler> handlers = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException when something answers it already
   */
  void on(String operationId, Handler handler) {
    if (handlers.put(operationId, handler) != null) {
      throw new IllegalArgumentException("two handlers for " + operationId);
    }
  }

  Set<String> ids() {
    return handlers.keySet();
  }

  Handler handler(AdminOperation operation) {
    var handler = handlers.get(operation.id());
    if (handler == null) {
      throw new IllegalStateException("nothing answers " + operation.id());
    }
    return handler;
  }
}
