package dev.weir.http;

import io.vertx.core.http.HttpConnection;

/** Refuses what the codec would forgive: framing that two readers could read in two ways. */
final class FramingGuard {
  private FramingGuard() {}

  static void install(HttpConnection connection) {}
}
