package dev.weir.it;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Function;
import redis.embedded.RedisServer;

/** A real Redis of a test's own, which can be frozen and killed. */
public final class TestRedis implements AutoCloseable {
  private final int port;
  private RedisServer server;
  private long pid;

  public TestRedis() {
    this(freePort());
  }

  private TestRedis(int port) {
    this.port = port;
    this.server = started();
  }

  private RedisServer started() {
    try {
      var fresh = RedisServer.newRedisServer()
          .port(port)
          .setting("save \"\"")
          .setting("bind 127.0.0.1")
          .build();
      fresh.start();
      pid = Long.parseLong(ask(commands -> commands
          .info("server")
          .lines()
          .filter(line -> line.startsWith("process_id:"))
          .findFirst()
          .orElseThrow()
          .substring("process_id:".length())
          .strip()));
      return fresh;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Runs commands on a connection of the test's own. */
  public <T> T ask(Function<RedisCommands<String, String>, T> commands) {
    var uri = RedisURI.create("127.0.0.1", port);
    uri.setTimeout(Duration.ofSeconds(5));
    var client = RedisClient.create(uri);
    try (var connection = client.connect()) {
      return commands.apply(connection.sync());
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofMillis(100));
    }
  }

  /** Stops it without a farewell. */
  public void kill() {
    signal("KILL");
    try {
      server.stop();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public boolean isRunning() {
    return server.isActive();
  }

  /** Starts it again, empty. */
  public void restart() {
    server = started();
  }

  /** It keeps its connections, and says nothing. */
  public void freeze() {
    signal("STOP");
  }

  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      var code =
          new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + name + " " + pid + ": " + code);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      signal("CONT");
      server.stop();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (IllegalStateException _) {
      // killed before
    }
  }
}
