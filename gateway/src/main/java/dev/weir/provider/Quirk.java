package dev.weir.provider;

/** Where a vendor that speaks OpenAI's protocol departs from it. */
public enum Quirk {
  /** Refuses {@code stream_options}; tells the usage of a stream without being asked. */
  NO_STREAM_OPTIONS,
  /** Knows {@code max_tokens} only. */
  NO_MAX_COMPLETION_TOKENS
}
