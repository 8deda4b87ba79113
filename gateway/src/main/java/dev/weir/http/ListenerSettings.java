package dev.weir.http;

import java.time.Duration;

/**
 * How a port listens.
 *
 * @param port 0: any free one
 * @param maxBody largest request body in bytes
 * @param maxHeader largest request head in bytes, the request line excluded
 * @param maxLine longest request line in bytes
 * @param headTimeout until a connection must have sent a request's head, and the same between two requests
 * @param bodyTimeout how long a body may stand still
 */
public record ListenerSettings(
    String host,
    int port,
    int maxBody,
    int maxHeader,
    int maxLine,
    Duration headTimeout,
    Duration bodyTimeout) {
  /** What contracts and common practice ask for. */
  public static ListenerSettings on(String host, int port) {
    return new ListenerSettings(
        host, port, 32 << 20, 32 << 10, 8 << 10, Duration.ofSeconds(75), Duration.ofSeconds(30));
  }

  /** The same with another limit of bodies, in bytes. */
  public ListenerSettings withMaxBody(int bytes) {
    return new ListenerSettings(host, port, bytes, maxHeader, maxLine, headTimeout, bodyTimeout);
  }
}
