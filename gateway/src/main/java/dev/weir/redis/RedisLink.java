package dev.weir.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shared, pipelined connection to Redis that never fails: a command is answered within its budget, or not at all. Safe for
 * many threads.
 *
 * <p>After three failures in a row the link is left alone; a thread of its own asks whether Redis answers again, so that no
 * request ever waits for the proof.
 */
public final class RedisLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  private static final int FAILURES_TO_OPEN = 3;
  private static final Duration PROBE = Duration.ofMillis(200);
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** A connection that says nothing for this long is given up for a new one: its other end may be gone. */
  private static final Duration SILENT = Duration.ofSeconds(3);

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private final RedisURI uri;
  private final Duration budget;
  private final RedisObserver observer;
  private final ClientResources resources;
  private final RedisClient client;
  private final Thread keeper;
  private final AtomicInteger failures = new AtomicInteger();
  private final Map<String, Consumer<byte[]>> subscriptions = new ConcurrentHashMap<>();
  private volatile boolean closed;
  private volatile boolean usable;
  private volatile @Nullable StatefulRedisConnection<String, byte[]> connection;
  private volatile @Nullable StatefulRedisPubSubConnection<String, byte[]> listening;

  private RedisLink(RedisURI uri, Duration budget, RedisObserver observer) {
    this.uri = uri;
    this.budget = budget;
    this.observer = observer;
    this.resources = ClientResources.builder()
        .ioThreadPoolSize(2)
        .computationThreadPoolSize(2)
        .reconnectDelay(Delay.constant(Duration.ofMillis(200)))
        .build();
    this.client = RedisClient.create(resources);
    client.setOptions(ClientOptions.builder()
        // a command that cannot be sent now is of no use later
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .replayFilter(_ -> true)
        .socketOptions(SocketOptions.builder()
            .connectTimeout(CONNECT)
            .keepAlive(true)
            .tcpNoDelay(true)
            .build())
        .timeoutOptions(TimeoutOptions.create())
        .build());
    this.keeper = Thread.ofPlatform().daemon().name("weir-redis").unstarted(this::keep);
  }

  /**
   * Where Redis is, and how long a request may wait for it.
   *
   * @param url {@code redis://user:password@host:port/0}, {@code rediss://} for TLS
   * @param budget what a request waits at most for one command
   */
  public record Settings(String url, Duration budget) {
    /** Without the password. */
    @Override
    public String toString() {
      return "RedisLink.Settings[" + budget + "]";
    }
  }

  /**
   * Opens a link; connects in the background, so that a Redis that is down keeps nobody waiting.
   *
   * @throws IllegalArgumentException when the URL is none of Redis; the message does not repeat it
   */
  public static RedisLink open(Settings settings, RedisObserver observer) {
    RedisURI uri;
    try {
      uri = RedisURI.create(settings.url());
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "the Redis URL must look like redis://user:password@host:6379/0");
    }
    uri.setTimeout(CONNECT);
    var link = new RedisLink(uri, settings.budget(), observer);
    observer.circuit(RedisObserver.State.OPEN);
    link.keeper.start();
    return link;
  }

  /** The value under a name; empty when there is none, or Redis does not answer in time. */
  public Optional<byte[]> get(String name) {
    return ask(commands -> commands.get(name));
  }

  /** Leaves a value; does not wait. */
  public void set(String name, byte[] value, Duration life) {
    tell(commands -> commands.set(name, value, SetArgs.Builder.px(life.toMillis())));
  }

  /** Takes a value away; does not wait. */
  public void delete(String name) {
    tell(commands -> commands.del(name));
  }

  /** Sends a message to all who listen on a channel; does not wait. */
  public void publish(String channel, byte[] message) {
    tell(commands -> commands.publish(channel, message));
  }

  /** Hears the messages of a channel from now on, on a thread of the client that must not be held up. */
  public void subscribe(String channel, Consumer<byte[]> listener) {
    subscriptions.put(channel, listener);
    var open = listening;
    if (open != null) {
      var _ = open.async().subscribe(channel);
    }
  }

  /** Whether commands are sent at present. */
  public boolean usable() {
    return usable;
  }

  private <T> Optional<T> ask(
      Function<RedisAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    var open = connection;
    if (!usable || open == null) {
      return Optional.empty();
    }
    try {
      var value = within(command.apply(open.async()));
      failures.set(0);
      return Optional.ofNullable(value);
    } catch (TimeoutException _) {
      failed("timeout");
    } catch (RedisException failure) {
      failed(failure);
    } catch (ExecutionException failure) {
      failed(failure.getCause() instanceof RedisException of ? of : failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private <T> T within(RedisFuture<T> answer)
      throws TimeoutException, ExecutionException, InterruptedException {
    try {
      return answer.get(budget.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      // one that is still waiting to be sent is not sent any more
      answer.cancel(false);
    }
  }

  private void tell(Function<RedisAsyncCommands<String, byte[]>, RedisFuture<?>> command) {
    var open = connection;
    if (!usable || open == null) {
      return;
    }
    try {
      command.apply(open.async()).whenComplete((_, failure) -> {
        if (failure != null) {
          failed(failure);
        }
      });
    } catch (RedisException failure) {
      failed(failure);
    }
  }

  private void failed(Throwable failure) {
    if (failure instanceof RedisCommandExecutionException) {
      // an answer all the same, and a quick one: READONLY, LOADING, a value of another type
      observer.failed("refused");
    } else {
      failed("disconnected");
    }
  }

  private void failed(String reason) {
    observer.failed(reason);
    if (failures.incrementAndGet() >= FAILURES_TO_OPEN && usable) {
      usable = false;
      observer.circuit(RedisObserver.State.OPEN);
      LOG.warn("Redis does not answer ({}): going on without it", reason);
    }
  }

  private void keep() {
    var silentSince = System.nanoTime();
    while (!closed) {
      try {
        if (connection == null) {
          connect();
          silentSince = System.nanoTime();
        }
        if (answers()) {
          silentSince = System.nanoTime();
          use();
        } else if (System.nanoTime() - silentSince > SILENT.toNanos()) {
          disconnect();
        }
        Thread.sleep(PROBE);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException failure) {
        observer.failed("disconnected");
        disconnect();
        pause();
      }
    }
  }

  private void use() {
    if (!usable) {
      failures.set(0);
      usable = true;
      observer.circuit(RedisObserver.State.CLOSED);
      LOG.info("Redis answers");
    }
  }

  private void connect() {
    var open = client.connect(CODEC, uri);
    var listener = client.connectPubSub(CODEC, uri);
    listener.addListener(new RedisPubSubAdapter<>() {
      @Override
      public void message(String channel, byte[] message) {
        var subscriber = subscriptions.get(channel);
        if (subscriber != null) {
          subscriber.accept(message);
        }
      }
    });
    subscriptions.keySet().forEach(channel -> {
      var _ = listener.async().subscribe(channel);
    });
    listening = listener;
    connection = open;
  }

  /** Also what notices, between requests, that Redis has gone. */
  private boolean answers() throws InterruptedException {
    var open = connection;
    if (open == null || !open.isOpen()) {
      return false;
    }
    try {
      var _ = within(open.async().ping());
      return true;
    } catch (TimeoutException _) {
      failed("timeout");
      return false;
    } catch (ExecutionException failure) {
      var refused = failure.getCause() instanceof RedisCommandExecutionException;
      if (!refused) {
        failed("disconnected");
      }
      return refused;
    }
  }

  private void disconnect() {
    var open = connection;
    var listener = listening;
    connection = null;
    listening = null;
    if (open != null) {
      var _ = open.closeAsync();
    }
    if (listener != null) {
      var _ = listener.closeAsync();
    }
    if (usable) {
      usable = false;
      observer.circuit(RedisObserver.State.OPEN);
    }
  }

  private void pause() {
    try {
      Thread.sleep(PROBE.multipliedBy(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    keeper.interrupt();
    disconnect();
    var _ = client.shutdownAsync(0, 100, TimeUnit.MILLISECONDS);
    var _ = resources.shutdown(0, 100, TimeUnit.MILLISECONDS);
  }
}
