package dev.weir.bench.micro;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.weir.identity.ApiKeyFormat;
import dev.weir.identity.Credential;
import dev.weir.identity.KeyAnswer;
import dev.weir.identity.KeyHasher;
import dev.weir.identity.KeyRecord;
import dev.weir.identity.KeyResolver;
import dev.weir.identity.KeyRing;
import dev.weir.identity.Level;
import dev.weir.identity.LocalKeyCache;
import dev.weir.identity.Principal;
import dev.weir.identity.SharedKeyCache;
import dev.weir.telemetry.RequestTrace;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A key that the local cache holds: parse, check, hash, look up. Must not depend on how many keys there are. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyBenchmark {
  private static final LocalKeyCache.Settings ROOM = new LocalKeyCache.Settings(
      200_000,
      LocalKeyCache.Settings.DEFAULT.timeToLive(),
      LocalKeyCache.Settings.DEFAULT.negativeTimeToLive(),
      LocalKeyCache.Settings.DEFAULT.staleMax());

  @Param({"10", "100000"})
  public int keys = 10;

  private final RequestTrace trace = new RequestTrace("bench", 0);
  private Credential[] credentials = {};
  private KeyRing ring = ring(new TreeMap<>(), new KeyHasher(new byte[32]));
  private int next;

  @Setup
  public void prepare() {
    var hasher = new KeyHasher(new byte[32]);
    var format = new ApiKeyFormat(hasher);
    var records = new TreeMap<String, KeyRecord>();
    credentials = new Credential[keys];
    for (int i = 0; i < keys; i++) {
      var key = format.generate("test");
      credentials[i] = new Credential(key.text(), "127.0.0.1");
      records.put(key.publicId(), record("key" + i, hasher.hash(key.text())));
    }
    ring = ring(records, hasher);
    for (var credential : credentials) {
      var _ = ring.authenticate(credential, trace);
    }
  }

  private static KeyRing ring(Map<String, KeyRecord> records, KeyHasher hasher) {
    var resolver = new KeyResolver(
        new LocalKeyCache(ROOM, Ticker.systemTicker()),
        SharedKeyCache.NONE,
        id -> new KeyAnswer(1, Optional.ofNullable(records.get(id))),
        ROOM.timeToLive(),
        Ticker.systemTicker());
    return new KeyRing(new ApiKeyFormat(hasher), hasher, resolver, Clock.systemUTC());
  }

  private static KeyRecord record(String id, byte[] hash) {
    var principal = new Principal(
        1,
        List.of(
            level(Level.Kind.KEY, id),
            level(Level.Kind.TEAM, "team"),
            level(Level.Kind.DEPARTMENT, "department"),
            level(Level.Kind.TENANT, "tenant")),
        Optional.empty(),
        List.of(),
        List.of());
    return new KeyRecord(principal, true, hash, Optional.empty(), Optional.empty());
  }

  private static Level level(Level.Kind kind, String id) {
    return new Level(kind, id, Optional.empty(), Optional.empty());
  }

  @Benchmark
  public Principal warm() {
    next = next + 1 < credentials.length ? next + 1 : 0;
    return ring.authenticate(credentials[next], trace);
  }
}
