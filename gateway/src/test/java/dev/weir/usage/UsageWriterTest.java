package dev.weir.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class UsageWriterTest {
  private final List<UsageRecord> kept = new CopyOnWriteArrayList<>();
  private volatile boolean away;

  private final UsageWriter writer = new UsageWriter(records -> {
    if (away) {
      throw new UsageSink.Unavailable(new IllegalStateException("away"));
    }
    if (records.stream().anyMatch(one -> one.model().equals("wrong"))) {
      throw new UsageSink.Refused(new IllegalStateException("wrong"));
    }
    kept.addAll(records);
  });

  @Test
  void what_cannot_be_written_waits_and_is_written_once_in_its_order() {
    away = true;
    for (var i = 0; i < 2500; i++) {
      writer.add(record("m" + i));
    }
    assertThat(writer.pending()).isEqualTo(2500);
    assertThat(kept).isEmpty();
    away = false;
    writer.close();
    assertThat(kept).hasSize(2500);
    assertThat(kept.getLast().model()).isEqualTo("m2499");
    assertThat(writer.pending()).isZero();
    assertThat(writer.dropped()).isZero();
  }

  @Test
  void memory_is_bounded_and_what_is_lost_is_counted() {
    away = true;
    var one = record("m");
    for (var i = 0; i < UsageWriter.MOST_PENDING + 10; i++) {
      writer.add(one);
    }
    assertThat(writer.pending()).isEqualTo(UsageWriter.MOST_PENDING);
    assertThat(writer.dropped()).isEqualTo(10);
    away = false;
    await().until(() -> writer.pending() == 0);
    writer.close();
  }

  @Test
  void a_record_that_is_never_taken_does_not_take_the_others_with_it() {
    for (var i = 0; i < 100; i++) {
      writer.add(record(i == 42 ? "wrong" : "m" + i));
    }
    writer.close();
    assertThat(kept).hasSize(99);
    assertThat(writer.dropped()).isEqualTo(1);
    assertThat(writer.pending()).isZero();
  }

  private static UsageRecord record(String model) {
    return new UsageRecord(
        UUID.randomUUID(),
        Instant.EPOCH,
        "r",
        "/v1/chat/completions",
        new UsageRecord.Caller("t", Optional.empty(), Optional.empty(), "k"),
        "p",
        model,
        UsageRecord.Tokens.NONE,
        Optional.empty(),
        "success",
        1,
        1);
  }
}
