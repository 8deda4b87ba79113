package dev.weir.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.change.Change;
import dev.weir.change.ChangeListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes changes of keys and levels on to the other instances by Redis' publish and subscribe, for those whose connection to
 * the database is down or slow. Sealed, so that nobody else's messages are heard. Safe for many threads.
 */
public final class RedisChanges implements ChangeListener {
  private static final String CHANNEL = "weir:changes";
  private static final String SEPARATOR = "\n";

  /** A change of more than this at once is left to the database to tell. */
  private static final int MOST = 200;

  private final RedisLink link;
  private final RedisSeal seal;
  private final ChangeListener listener;
  private final AtomicLong heard = new AtomicLong();

  private RedisChanges(RedisLink link, RedisSeal seal, ChangeListener listener) {
    this.link = link;
    this.seal = seal;
    this.listener = listener;
  }

  /**
   * Begins to hear and to pass on.
   *
   * @param listener hears what other instances passed on
   */
  public static RedisChanges between(RedisLink link, RedisSeal seal, ChangeListener listener) {
    var changes = new RedisChanges(link, seal, listener);
    link.subscribe(CHANNEL, changes::message);
    return changes;
  }

  /** Passes on what this instance learnt from the database, unless another has done so. */
  @Override
  public void changed(List<Change> changes) {
    if (changes.size() > MOST) {
      return;
    }
    for (var change : changes) {
      if (ofKeys(change) && change.version() > heard.get()) {
        link.publish(CHANNEL, seal.seal(write(change).getBytes(UTF_8), CHANNEL));
      }
    }
  }

  private void message(byte[] sealed) {
    seal.open(sealed, CHANNEL)
        .map(text -> read(new String(text, UTF_8)))
        .filter(RedisChanges::ofKeys)
        .ifPresent(change -> {
          heard.accumulateAndGet(change.version(), Math::max);
          listener.changed(List.of(change));
        });
  }

  private static boolean ofKeys(Change change) {
    return switch (change.kind()) {
      case API_KEY, TENANT, DEPARTMENT, TEAM -> true;
      case GUARDRAIL_PROFILE, ROUTING_POLICY, API_ROUTE, PROVIDER, MODEL, EVERYTHING -> false;
    };
  }

  private static String write(Change change) {
    return String.join(
        SEPARATOR,
        Long.toString(change.version()),
        change.kind().name(),
        change.id(),
        change.tenantId().orElse(""),
        change.publicId().orElse(""));
  }

  private static Change read(String text) {
    var parts = text.split(SEPARATOR, -1);
    return new Change(
        Long.parseLong(parts[0]),
        Change.Kind.named(parts[1]),
        parts[2],
        Optional.of(parts[3]).filter(part -> !part.isEmpty()),
        Optional.of(parts[4]).filter(part -> !part.isEmpty()));
  }
}
