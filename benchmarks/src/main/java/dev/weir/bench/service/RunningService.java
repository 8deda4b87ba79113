package dev.weir.bench.service;

import dev.weir.bench.host.Pinned;
import dev.weir.bench.load.Destination;
import dev.weir.bench.service.ServiceDefinition.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A service that has answered its first request, or the mock itself for the direct path. Closing it ends its process and
 * those that it started.
 */
public final class RunningService implements AutoCloseable {
  /** The name of the path without any service. */
  public static final String DIRECT = "direct";

  private final String name;
  private final int port;
  private final int adminPort;
  private final String path;
  private final String modelPrefix;
  private final Map<String, String> headers;
  private final Duration startUp;
  private final Pinned process;
  private final Kind kind;

  RunningService(
      ServiceDefinition definition,
      int port,
      int adminPort,
      Map<String, String> headers,
      Duration startUp,
      Pinned process) {
    this.name = definition.name();
    this.port = port;
    this.adminPort = adminPort;
    this.path = definition.chatPath();
    this.modelPrefix = definition.prefix();
    this.headers = headers;
    this.startUp = startUp;
    this.process = process;
    this.kind = definition.kindOrGateway();
  }

  public String name() {
    return name;
  }

  /** Its processes; none when it is the direct path, which costs no service anything. */
  public Set<Long> processes() {
    return kind == Kind.DIRECT ? Set.of() : process.roots();
  }

  /** The process that was started, without those that it started. */
  public long pid() {
    return process.pid();
  }

  public Kind kind() {
    return kind;
  }

  /** The port that it was given for administration, if its definition asks for one; 0 for the direct path. */
  public int adminPort() {
    return adminPort;
  }

  /** From starting the process to its first 200. */
  public Duration startUp() {
    return startUp;
  }

  /**
   * A chat request to it.
   *
   * @param model a name that the mock knows
   * @param promptBytes length of the one message's text
   */
  public Destination ask(String model, int promptBytes, Answer answer) {
    return Destination.post(
        port, path, headers, Prompt.body(modelPrefix + model, promptBytes, answer));
  }

  /** The same request by each of these keys in turn, instead of the service's own. */
  public Destination ask(String model, int promptBytes, Answer answer, List<String> keys) {
    var body = Prompt.body(modelPrefix + model, promptBytes, answer);
    return Destination.inTurn(keys.stream()
        .map(key -> Destination.post(port, path, Map.of("Authorization", "Bearer " + key), body))
        .toList());
  }

  /** How the answer shall come. */
  public enum Answer {
    WHOLE,
    STREAMED
  }

  @Override
  public void close() {
    process.close();
  }
}
