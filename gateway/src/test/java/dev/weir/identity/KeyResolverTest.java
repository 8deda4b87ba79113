package dev.weir.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.change.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyResolverTest {
  private final AtomicLong now = new AtomicLong(1);
  private final AtomicLong version = new AtomicLong(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final Map<String, KeyRecord> stored = new ConcurrentHashMap<>();
  private final Map<String, KeyAnswer> shared = new ConcurrentHashMap<>();
  private volatile Runnable during = () -> {};
  private final KeyResolver resolver = new KeyResolver(
      new LocalKeyCache(LocalKeyCache.Settings.DEFAULT, now::get),
      new Shared(),
      this::find,
      Duration.ofSeconds(60),
      now::get);

  @Test
  void a_change_that_comes_during_a_look_up_is_not_missed() {
    stored.put("a", record("k", "team", "ten"));
    during = () -> {
      during = () -> {};
      change(Change.Kind.TEAM, "team");
    };
    var found = resolver.resolve("a");
    assertThat(found.answer().version()).isEqualTo(version.get());
    assertThat(found.statements()).isEqualTo(2);
    assertThat(resolver.held("a")).isPresent();
  }

  @Test
  void a_change_of_a_level_drops_its_keys_and_no_other() {
    stored.put("a", record("k1", "one", "ten"));
    stored.put("b", record("k2", "two", "ten"));
    resolver.resolve("a");
    resolver.resolve("b");
    change(Change.Kind.TEAM, "one");
    assertThat(resolver.held("a")).isEmpty();
    assertThat(resolver.held("b")).isPresent();
    change(Change.Kind.TENANT, "ten");
    assertThat(resolver.held("b")).isEmpty();
  }

  @Test
  void an_entry_of_the_shared_cache_older_than_a_change_is_a_miss_whether_it_was_deleted_or_not() {
    stored.put("a", record("k", "team", "ten"));
    shared.put("a", new KeyAnswer(1, Optional.of(record("k", "team", "ten"))));
    assertThat(resolver.resolve("a").tier()).isEqualTo(KeyResolver.Tier.REDIS);
    change(Change.Kind.DEPARTMENT, "elsewhere");
    change(Change.Kind.TEAM, "team");
    shared.put("a", new KeyAnswer(1, Optional.of(record("k", "team", "ten"))));
    assertThat(resolver.resolve("a").tier()).isEqualTo(KeyResolver.Tier.DATABASE);
  }

  @Test
  void a_key_that_is_created_is_no_longer_unknown() {
    assertThat(resolver.resolve("a").answer().found()).isEmpty();
    assertThat(resolver.resolve("a").tier()).isEqualTo(KeyResolver.Tier.NEGATIVE);
    stored.put("a", record("k", "team", "ten"));
    resolver.changed(List.of(new Change(
        version.incrementAndGet(),
        Change.Kind.API_KEY,
        "k",
        Optional.of("ten"),
        Optional.of("a"))));
    assertThat(resolver.resolve("a").answer().found()).isPresent();
  }

  @Test
  void a_flood_of_unknown_keys_pushes_no_known_one_out() {
    stored.put("a", record("k", "team", "ten"));
    resolver.resolve("a");
    for (var i = 0; i < 20_000; i++) {
      resolver.resolve("unknown" + i);
    }
    assertThat(resolver.held("a")).isPresent();
  }

  @Test
  void after_changes_that_were_missed_nothing_held_is_served() {
    stored.put("a", record("k", "team", "ten"));
    resolver.resolve("a");
    resolver.changed(List.of(Change.everything(version.incrementAndGet())));
    assertThat(resolver.held("a")).isEmpty();
  }

  @Test
  void a_database_that_was_restored_to_an_older_version_is_believed() {
    version.set(100);
    stored.put("a", record("k", "team", "ten"));
    resolver.resolve("a");
    version.set(50);
    resolver.changed(List.of(Change.everything(50)));
    resolver.resolve("a");
    assertThat(resolver.held("a")).isPresent();
  }

  @Test
  void nobody_waits_longer_than_the_budget_and_all_wait_for_one() throws Exception {
    var never = new CountDownLatch(1);
    during = () -> {
      try {
        never.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    };
    var start = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = java.util.stream.IntStream.range(0, 50)
          .mapToObj(i -> threads.submit(() -> resolver.resolve("a")))
          .toList();
      for (var one : all) {
        assertThatThrownBy(one::get).hasCauseInstanceOf(KeySource.Unavailable.class);
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(KeyResolver.BUDGET.multipliedBy(3));
    assertThat(asked).hasValue(1);
    never.countDown();
  }

  @Test
  void a_rotated_secret_is_asked_for_once_and_not_at_each_wrong_guess() {
    stored.put("a", record("k", "team", "ten"));
    resolver.resolve("a");
    assertThat(resolver.doubted("a")).as("an entry this young is right").isEmpty();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(resolver.doubted("a")).isPresent();
    assertThat(resolver.doubted("a")).isEmpty();
    assertThat(asked).hasValue(2);
  }

  private KeyAnswer find(String publicId) {
    asked.incrementAndGet();
    var answer = new KeyAnswer(version.get(), Optional.ofNullable(stored.get(publicId)));
    during.run();
    return answer;
  }

  private void change(Change.Kind kind, String id) {
    resolver.changed(List.of(
        new Change(version.incrementAndGet(), kind, id, Optional.of("ten"), Optional.empty())));
  }

  private static KeyRecord record(String key, String team, String tenant) {
    var principal = new Principal(
        1,
        List.of(
            level(Level.Kind.KEY, key),
            level(Level.Kind.TEAM, team),
            level(Level.Kind.TENANT, tenant)),
        Optional.empty(),
        List.of(),
        List.of());
    return new KeyRecord(principal, true, new byte[32], Optional.empty(), Optional.empty());
  }

  private static Level level(Level.Kind kind, String id) {
    return new Level(kind, id, Optional.empty(), Optional.empty());
  }

  private final class Shared implements SharedKeyCache {
    @Override
    public Optional<Held> get(String publicId) {
      return Optional.ofNullable(shared.get(publicId))
          .map(answer -> new Held(answer, Duration.ZERO));
    }

    @Override
    public void put(String publicId, KeyAnswer answer) {}

    /** As if every delete failed. */
    @Override
    public void remove(String publicId) {}
  }
}
