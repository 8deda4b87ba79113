package dev.weir.http;

import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that owe a request's head for too long, however slowly its bytes drip. Safe for many threads.
 *
 * <p>Only a complete head counts: a timer that bytes reset is what slow senders live from.
 */
final class HeadWatch {
  private final Duration limit;
  private final Map<HttpConnection, Owed> connections = new ConcurrentHashMap<>();

  HeadWatch(Duration limit) {
    this.limit = limit;
  }

  /** What one connection owes; on its event loop. */
  private static final class Owed {
    private int open;
    private long since = System.nanoTime();
    private @Nullable Future<?> timer;
  }

  void connected(HttpConnection connection, EventLoop loop) {
    var owed = new Owed();
    connections.put(connection, owed);
    connection.closeHandler(_ -> {
      connections.remove(connection);
      // a timer that outlives its connection keeps all of it in memory
      if (owed.timer != null) {
        owed.timer.cancel(false);
      }
      giveBack(connection);
    });
    check(connection, owed, loop);
  }

  private void check(HttpConnection connection, Owed owed, EventLoop loop) {
    if (!connections.containsKey(connection)) {
      return;
    }
    var left = limit.toNanos() - (System.nanoTime() - owed.since);
    if (owed.open == 0 && left <= 0) {
      var _ = connection.close();
      return;
    }
    var wait = owed.open == 0 ? left : limit.toNanos();
    owed.timer = loop.schedule(() -> check(connection, owed, loop), wait, TimeUnit.NANOSECONDS);
  }

  // Vert.x 5.2.3 forgets what a paused connection has read when it closes: memory outside the heap
  // that no collection finds
  private static void giveBack(HttpConnection connection) {
    if (connection instanceof VertxConnection paused) {
      paused.doResume();
    }
  }

  /** A request's head is there; false when its connection is closed already, and nobody to be answered. */
  boolean headRead(HttpConnection connection) {
    var owed = connections.get(connection);
    if (owed == null) {
      return false;
    }
    owed.open++;
    return true;
  }

  void answered(HttpConnection connection) {
    var owed = connections.get(connection);
    if (owed != null) {
      owed.open--;
      owed.since = System.nanoTime();
    }
  }
}
