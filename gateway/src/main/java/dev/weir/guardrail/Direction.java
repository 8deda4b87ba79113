package dev.weir.guardrail;

/** Which way a text goes: from the client to a model, or back. */
public enum Direction {
  INPUT,
  OUTPUT
}
