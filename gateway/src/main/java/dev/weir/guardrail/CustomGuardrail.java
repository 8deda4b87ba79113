package dev.weir.guardrail;

import dev.weir.protocol.json.JsonValue;

/** A guardrail that is nothing without the configuration of a rule: keywords, patterns, a webhook. Safe for many threads. */
public interface CustomGuardrail {
  /** The id by which rules name it, without a dot: {@code keywords}. */
  String id();

  /**
   * The detector that a rule asks for; its only guardrail is {@link #id()}.
   *
   * @param config the rule's {@code config} object
   * @param path where it stands in the profile, the start of every path in errors: {@code rules[2].config}
   * @throws dev.weir.protocol.InvalidDocument for what it cannot be made of
   */
  Detector compile(JsonValue config, String path);
}
