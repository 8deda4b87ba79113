package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.ErrorCode;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PageQueueTest {
  private static final long LONG = 1_000_000_000;

  private final PageQueue pages = new PageQueue();

  private void entered(int many) {
    for (var i = 0; i < many; i++) {
      pages.entered();
    }
  }

  @Test
  void many_that_wait_for_a_moment_only_are_let_in() {
    entered(1000);
    pages.waited(1_000_000);
    assertThat(pages.crowded()).isFalse();
  }

  @Test
  void few_are_let_in_however_long_one_waited() {
    entered(60);
    pages.waited(LONG);
    assertThat(pages.crowded()).isFalse();
  }

  private void waitLongFor(Duration time) throws InterruptedException {
    var end = System.nanoTime() + time.toNanos();
    do {
      pages.waited(LONG);
      Thread.sleep(20);
    } while (System.nanoTime() < end);
    pages.waited(LONG);
  }

  @Test
  void one_pause_keeps_nobody_out_however_many_it_held_up() throws Exception {
    entered(1000);
    pages.waited(LONG);
    assertThat(pages.crowded()).isFalse();
    Thread.sleep(250);
    assertThat(pages.crowded()).isFalse();
  }

  @Test
  void many_that_go_on_waiting_long_keep_others_out_until_few_are_left() throws Exception {
    entered(100);
    waitLongFor(Duration.ofMillis(500));
    pages.waited(1);
    assertThat(pages.crowded()).isTrue();
    for (var i = 0; i < 40; i++) {
      pages.left();
    }
    assertThat(pages.crowded()).isFalse();
  }

  @Test
  void a_long_wait_is_forgotten_however_many_are_left() throws Exception {
    entered(100);
    waitLongFor(Duration.ofMillis(500));
    assertThat(pages.crowded()).isTrue();
    Awaitility.await().until(() -> !pages.crowded());
  }

  @Test
  void those_kept_out_are_told_to_come_back() {
    assertThat(PageQueue.refusal().code()).isEqualTo(ErrorCode.OVERLOADED);
    assertThat(PageQueue.refusal().retryAfter()).isNotNull();
  }
}
