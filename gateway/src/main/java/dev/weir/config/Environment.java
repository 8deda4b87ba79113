package dev.weir.config;

import java.util.Map;

/** The process's environment, read here and nowhere else. Stateless. */
public final class Environment {
  private Environment() {}

  public static Map<String, String> variables() {
    return System.getenv();
  }
}
