package dev.weir.config;

/** The configuration cannot be used; the message is for the operator and says where and what to do. */
public final class ConfigFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigFailure(String message) {
    super(message);
  }
}
