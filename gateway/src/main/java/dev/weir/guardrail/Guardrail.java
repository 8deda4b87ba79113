package dev.weir.guardrail;

import dev.weir.protocol.ModelRequest;

/** One check over a request. Safe for many threads; pure, bounded in time by the size of the text. */
public interface Guardrail {
  /** The dotted id by which profiles name it: {@code pii.email}. */
  String id();

  Verdict check(ModelRequest request);
}
