package dev.weir.protocol;

/** What is asked of a provider, with its path under an OpenAI-compatible base URL. */
public enum Operation {
  CHAT_COMPLETIONS("/chat/completions"),
  EMBEDDINGS("/embeddings"),
  RESPONSES("/responses"),
  COMPLETIONS("/completions"),
  MESSAGES("/messages"),
  COUNT_TOKENS("/messages/count_tokens");

  private final String path;

  Operation(String path) {
    this.path = path;
  }

  /** The path that follows the base URL, its leading slash included. */
  public String path() {
    return path;
  }
}
