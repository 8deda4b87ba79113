package dev.weir.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the first tier costs when it is full: the figure of docs/key-cache.md. */
class LocalKeyCacheMemoryTest {
  private static final int ENTRIES = 10_000;

  @Test
  void ten_thousand_entries_take_less_than_sixteen_mebibytes() {
    var before = used();
    var cache = new LocalKeyCache(LocalKeyCache.Settings.DEFAULT, Ticker.systemTicker());
    for (var i = 0; i < ENTRIES; i++) {
      // every text a string of its own, as they come from the driver
      cache.put("publicid" + (10_000_000 + i), answer(i), Duration.ZERO);
    }
    var taken = used() - before;
    System.out.println(
        "10,000 local entries: " + taken / 1024 + " KiB, " + taken / ENTRIES + " bytes each");
    assertThat(cache.held("publicid" + (10_000_000 + ENTRIES - 1))).isPresent();
    assertThat(taken).isLessThan(16L << 20);
  }

  private static KeyAnswer answer(int number) {
    var principal = new Principal(
        1,
        List.of(
            level(Level.Kind.KEY, number),
            level(Level.Kind.TEAM, number),
            level(Level.Kind.DEPARTMENT, number),
            level(Level.Kind.TENANT, number)),
        Optional.empty(),
        List.of("gpt-" + number + "*"),
        List.of());
    return new KeyAnswer(
        number,
        Optional.of(
            new KeyRecord(principal, true, new byte[32], Optional.empty(), Optional.empty())));
  }

  private static Level level(Level.Kind kind, int number) {
    return new Level(
        kind,
        kind.name() + "_0123456789abcdef" + number,
        Optional.of("gp_0123456789abcdef" + number),
        Optional.of("rp_0123456789abcdef" + number));
  }

  private static long used() {
    var runtime = Runtime.getRuntime();
    for (var i = 0; i < 5; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
