package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.ErrorCode;
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

  @Test
  void many_that_wait_long_keep_others_out_until_few_are_left() {
    entered(100);
    pages.waited(LONG);
    pages.waited(1);
    assertThat(pages.crowded()).isTrue();
    for (var i = 0; i < 40; i++) {
      pages.left();
    }
    assertThat(pages.crowded()).isFalse();
  }

  @Test
  void a_long_wait_is_forgotten_however_many_are_left() {
    entered(100);
    pages.waited(LONG);
    Awaitility.await().until(() -> !pages.crowded());
  }

  @Test
  void those_kept_out_are_told_to_come_back() {
    assertThat(PageQueue.refusal().code()).isEqualTo(ErrorCode.OVERLOADED);
    assertThat(PageQueue.refusal().retryAfter()).isNotNull();
  }
}
