package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.ErrorCode;
import org.junit.jupiter.api.Test;

class PageQueueTest {
  private static final long LONG = 1_000_000_000;

  private final PageQueue queue = new PageQueue();

  private void queued(int pages) {
    for (var i = 0; i < pages; i++) {
      queue.queued();
    }
  }

  @Test
  void many_that_wait_for_a_moment_only_are_let_in() {
    queued(1000);
    queue.begun(1_000_000);
    assertThat(queue.crowded()).isFalse();
  }

  @Test
  void few_are_let_in_however_long_the_last_one_waited() {
    queued(60);
    queue.begun(LONG);
    assertThat(queue.crowded()).isFalse();
  }

  @Test
  void many_that_wait_long_keep_others_out_until_few_are_left() {
    queued(100);
    queue.begun(LONG);
    assertThat(queue.crowded()).isTrue();
    for (var i = 0; i < 40; i++) {
      queue.begun(LONG);
    }
    assertThat(queue.crowded()).isFalse();
  }

  @Test
  void those_kept_out_are_told_to_come_back() {
    assertThat(PageQueue.refusal().code()).isEqualTo(ErrorCode.OVERLOADED);
    assertThat(PageQueue.refusal().retryAfter()).isNotNull();
  }
}
