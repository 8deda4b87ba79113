package dev.weir.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void a_parent_is_read_and_written_the_same() {
    var read = TraceContext.read(PARENT, "a=1").orElseThrow();
    assertThat(read.parent(read.spanId())).isEqualTo(PARENT);
    assertThat(read.sampled()).isTrue();
    assertThat(read.state()).isEqualTo("a=1");
    var child = read.child();
    assertThat(child.traceId()).isEqualTo(read.traceId());
    assertThat(child.parentSpanId()).isEqualTo(read.spanId());
    assertThat(child.spanId()).isNotEqualTo(read.spanId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more"
      })
  void what_is_not_valid_is_no_parent(String text) {
    assertThat(TraceContext.read(text, null)).isEmpty();
  }

  @Test
  void later_versions_and_bad_states_are_taken_for_what_they_are() {
    var later = "cc" + PARENT.substring(2) + "-what-the-future-holds";
    assertThat(TraceContext.read(later, "a=\u0007").orElseThrow().state()).isEmpty();
    assertThat(TraceContext.read(PARENT, "x".repeat(600)).orElseThrow().state()).isEmpty();
  }

  @Test
  void traces_that_begin_here_are_sampled_at_the_rate_and_parts_have_ids_of_their_own() {
    var sampled = 0;
    for (var i = 0; i < 10_000; i++) {
      sampled += TraceContext.root(0.1).flags();
    }
    assertThat(sampled).isBetween(800, 1_200);
    assertThat(TraceContext.root(1).sampled()).isTrue();
    assertThat(TraceContext.root(0).sampled()).isFalse();
    var root = TraceContext.root(1);
    var ids = new HashSet<Long>();
    for (var i = -10; i < 100; i++) {
      ids.add(root.part(i));
    }
    assertThat(ids).hasSize(110).doesNotContain(0L);
  }
}
