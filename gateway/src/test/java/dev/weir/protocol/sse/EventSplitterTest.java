package dev.weir.protocol.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows U34 and U35: every framing that the standard allows, cut at every byte. */
class EventSplitterTest {
  private static final List<String> ENDINGS = List.of("\n", "\r\n", "\r");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: a\n\ndata: b\n\n",
        "data: a\r\n\r\ndata: b\r\n\r\n",
        "data: a\r\rdata: b\r\r",
        "data: a\n\r\ndata: b\r\n\n",
        "data: é漢😀\n\ndata: é漢😀\r\n\r\n",
        "\ufeffdata: a\n\ndata: b\n\n",
        ": ping\n\nevent: x\nid: 1\nretry: 5\ndata:a\ndata\ndata: b\n\n"
      })
  void two_events_are_two_wherever_they_are_cut(String stream) {
    var bytes = stream.getBytes(UTF_8);
    var whole = new ArrayList<String>();
    var splitter = new EventSplitter();
    splitter.feed(bytes.clone(), frame -> whole.add(new String(frame, UTF_8)));
    assertThat(whole).hasSize(2);
    assertThat(String.join("", whole)).isEqualTo(stream);
    assertThat(splitter.remainder()).isFalse();
    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        assertThat(split(bytes, first, second))
            .as("cut at %d and %d", first, second)
            .isEqualTo(whole);
      }
    }
  }

  @Test
  void random_streams_of_mixed_endings_fall_into_their_events() {
    var random = new Random(4);
    for (int i = 0; i < 3_000; i++) {
      var bytes = randomStream(random).getBytes(UTF_8);
      var whole = split(bytes, bytes.length, bytes.length);
      assertThat(normal(whole)).as(Arrays.toString(bytes)).isEqualTo(reference(bytes));
      int first = random.nextInt(bytes.length + 1);
      int second = first + random.nextInt(bytes.length - first + 1);
      assertThat(split(bytes, first, second)).isEqualTo(whole);
    }
  }

  @Test
  void one_byte_at_a_time_makes_no_difference() {
    var bytes = "data: é\r\n\r\n: c\n\ndata: x\r\r".getBytes(UTF_8);
    var frames = new ArrayList<String>();
    var splitter = new EventSplitter();
    for (byte b : bytes) {
      splitter.feed(new byte[] {b}, frame -> frames.add(new String(frame, UTF_8)));
    }
    assertThat(frames).containsExactly("data: é\r\n\r\n", ": c\n\n", "data: x\r\r");
    assertThat(splitter.remainder()).isFalse();
  }

  @Test
  void where_lines_end_in_cr_no_event_waits_for_the_next() {
    assertThat(split("data: a\r\r".getBytes(UTF_8), 3, 8)).containsExactly("data: a\r\r");
  }

  @Test
  void a_blank_line_by_crlf_is_waited_for() {
    var frames = new ArrayList<byte[]>();
    var splitter = new EventSplitter();
    splitter.feed("data: a\r\n\r".getBytes(UTF_8), frames::add);
    assertThat(frames).isEmpty();
    assertThat(splitter.remainder()).isTrue();
    splitter.feed("\n".getBytes(UTF_8), frames::add);
    assertThat(frames).containsExactly("data: a\r\n\r\n".getBytes(UTF_8));
    assertThat(splitter.remainder()).isFalse();
  }

  @Test
  void a_chunk_that_is_one_event_is_handed_over_itself() {
    var chunk = "data: a\n\n".getBytes(UTF_8);
    var frames = new ArrayList<byte[]>();
    new EventSplitter().feed(chunk, frames::add);
    assertThat(frames.getFirst()).isSameAs(chunk);
  }

  @Test
  void a_byte_order_mark_makes_no_line() {
    assertThat(split("\ufeff\ndata: a\n\n".getBytes(UTF_8), 1, 2))
        .containsExactly("\ufeff\n", "data: a\n\n");
    assertThat(split("a\ufeff\n\n".getBytes(UTF_8), 1, 2)).containsExactly("a\ufeff\n\n");
    assertThat(split("\n\ufeff\n\n".getBytes(UTF_8), 2, 3)).containsExactly("\n", "\ufeff\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: a", "data: a\n", "data: a\r\n", "data: a\n\nx", "\ufeff"})
  void bytes_of_an_event_that_never_ended_remain(String stream) {
    var splitter = new EventSplitter();
    splitter.feed(stream.getBytes(UTF_8), _ -> {});
    assertThat(splitter.remainder()).isTrue();
  }

  @Test
  void an_event_has_a_largest_size_however_it_comes() {
    var fits = ("data: " + "x".repeat(92) + "\n\n").getBytes(UTF_8);
    assertThat(fits).hasSize(100);
    var frames = new ArrayList<byte[]>();
    var splitter = new EventSplitter(100);
    for (int i = 0; i < 3; i++) {
      splitter.feed(fits.clone(), frames::add);
      for (byte b : fits) {
        splitter.feed(new byte[] {b}, frames::add);
      }
    }
    assertThat(frames).hasSize(6).allMatch(frame -> Arrays.equals(frame, fits));
    refuses("x".repeat(93) + "\n\n");
    refuses("x".repeat(95));
    refuses("x".repeat(94) + "\r\n\r\n");
  }

  private static void refuses(String rest) {
    var whole = new EventSplitter(100);
    var failure = catchThrowableOfType(
        GatewayException.class, () -> whole.feed(("data: " + rest).getBytes(UTF_8), _ -> {}));
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_RESPONSE);
    var slow = new EventSplitter(100);
    assertThat(catchThrowableOfType(GatewayException.class, () -> {
          for (byte b : ("data: " + rest).getBytes(UTF_8)) {
            slow.feed(new byte[] {b}, _ -> {});
          }
        }))
        .isNotNull();
  }

  private static List<String> split(byte[] bytes, int first, int second) {
    var frames = new ArrayList<String>();
    var splitter = new EventSplitter();
    splitter.feed(
        Arrays.copyOfRange(bytes, 0, first), frame -> frames.add(new String(frame, UTF_8)));
    splitter.feed(
        Arrays.copyOfRange(bytes, first, second), frame -> frames.add(new String(frame, UTF_8)));
    splitter.feed(
        Arrays.copyOfRange(bytes, second, bytes.length),
        frame -> frames.add(new String(frame, UTF_8)));
    return frames;
  }

  private static String randomStream(Random random) {
    var stream = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      stream.append(List.of("data: x", "é", "", ":", "").get(random.nextInt(5)));
      stream.append(ENDINGS.get(random.nextInt(3)));
    }
    // a byte more, for whether a CR at the very end ends an event shows only then
    return stream.append("tail").toString();
  }

  /** The frames with all endings as LF; a LF that stands before a frame belongs to the CR at the end of the one before. */
  private static List<String> normal(List<String> frames) {
    var result = new ArrayList<String>();
    var before = "";
    for (var frame : frames) {
      var own = before.endsWith("\r") && frame.startsWith("\n") ? frame.substring(1) : frame;
      result.add(own.replace("\r\n", "\n").replace('\r', '\n'));
      before = frame;
    }
    return result;
  }

  /** Events by the book: one ending for all lines, and a cut after each empty one. */
  private static List<String> reference(byte[] bytes) {
    var text = new String(bytes, UTF_8).replace("\r\n", "\n").replace('\r', '\n');
    var frames = new ArrayList<String>();
    int start = 0;
    int line = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        if (i == line) {
          frames.add(text.substring(start, i + 1));
          start = i + 1;
        }
        line = i + 1;
      }
    }
    return frames;
  }
}
