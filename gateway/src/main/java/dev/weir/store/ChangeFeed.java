package dev.weir.store;

import dev.weir.change.Change;
import dev.weir.change.ChangeListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of every change in the database: one thread on a connection of its own that listens, and that looks at the numbered
 * changes after each notification and once a second besides, so that a lost notification costs a second and nothing else.
 * Safe for many threads.
 */
public final class ChangeFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RECONNECT = Duration.ofMillis(500);
  private static final int MOST_AT_ONCE = 5000;

  // one row at least: the version that holds, also when nothing is new
  private static final String SINCE = """
      SELECT v.version AS now, c.version, c.kind, c.id, c.tenant_id, c.public_id
        FROM config_version v
        LEFT JOIN config_changes c ON c.version > ? AND c.version <= v.version
       ORDER BY c.version LIMIT
      """ + MOST_AT_ONCE;
  private static final String PRUNE =
      "DELETE FROM config_changes WHERE at < now() - interval '1 hour'";

  private final PGSimpleDataSource source;
  private final ChangeListener listener;
  private final Thread thread;
  private final int poll;
  private volatile boolean closed;
  private volatile @Nullable Connection open;
  private long seen;
  private long prunedAt;

  private ChangeFeed(PGSimpleDataSource source, long seen, ChangeListener listener, Duration poll) {
    this.source = source;
    this.seen = seen;
    this.listener = listener;
    this.poll = (int) poll.toMillis();
    this.prunedAt = System.nanoTime();
    this.thread = Thread.ofPlatform().daemon().name("weir-changes").unstarted(this::run);
  }

  /**
   * Starts telling.
   *
   * @param seen the version that the listener knows already
   */
  public static ChangeFeed start(Database database, long seen, ChangeListener listener) {
    var feed = new ChangeFeed(source(database.url()), seen, listener, POLL);
    feed.thread.start();
    return feed;
  }

  private static PGSimpleDataSource source(DatabaseUrl url) {
    var source = new PGSimpleDataSource();
    source.setUrl(url.jdbc());
    source.setUser(url.user());
    source.setPassword(url.password());
    source.setApplicationName("weir-changes");
    source.setConnectTimeout(3);
    // a server that says nothing is left, and the next connection tried
    source.setSocketTimeout(3);
    source.setTcpKeepAlive(true);
    return source;
  }

  private void run() {
    var complained = false;
    while (!closed) {
      try (var connection = source.getConnection()) {
        open = connection;
        listen(connection);
      } catch (SQLException failure) {
        if (!closed && !complained) {
          LOG.warn("changes cannot be followed at the moment: {}", failure.getMessage());
        }
        complained = true;
        pause();
        continue;
      }
      complained = false;
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("LISTEN weir_changes");
    }
    var notifications = connection.unwrap(PGConnection.class);
    while (!closed) {
      tell(connection);
      // also ends when nothing came: what comes next is the poll
      var _ = notifications.getNotifications(poll);
      prune(connection);
    }
  }

  private void tell(Connection connection) throws SQLException {
    var changes = since(connection);
    if (!changes.isEmpty()) {
      listener.changed(changes);
      seen = changes.getLast().version();
    }
  }

  private List<Change> since(Connection connection) throws SQLException {
    var found = new ArrayList<Change>();
    long now = seen;
    try (var statement = connection.prepareStatement(SINCE)) {
      statement.setLong(1, seen);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          now = row.getLong("now");
          if (row.getString("kind") != null) {
            found.add(new Change(
                row.getLong("version"),
                Change.Kind.named(row.getString("kind")),
                Optional.ofNullable(row.getString("id")).orElse(""),
                Optional.ofNullable(row.getString("tenant_id")),
                Optional.ofNullable(row.getString("public_id"))));
          }
        }
      }
    }
    // a hole means changes that were pruned, or too many; a version below ours, a database that was
    // restored
    return now - seen == found.size() ? found : List.of(Change.everything(now));
  }

  private void prune(Connection connection) throws SQLException {
    if (System.nanoTime() - prunedAt > Duration.ofMinutes(10).toNanos()) {
      prunedAt = System.nanoTime();
      try (var statement = connection.createStatement()) {
        statement.execute(PRUNE);
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(RECONNECT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    var waiting = open;
    try {
      if (waiting != null) {
        waiting.abort(Runnable::run);
      }
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (SQLException _) {
      // it is gone already
    }
  }
}
