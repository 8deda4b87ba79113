package dev.weir.protocol.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row U34. */
class SseEventTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "data: a~~|a|",
        "data:a~~|a|",
        "data:  a ~~| a |",
        "data: é~~|é|",
        "data: a~data:b~data: c~~|a~b~c|",
        "data: a~data~data:~~|a~~|",
        "event: x~data: a~~|a|x",
        "data: a~event:y~event: x~~|a|x",
        ": c~id: 1~retry: 2~data: a~datax: b~dat: c~Data: d~~|a|",
        "\ufeffdata: a~~|a|",
        "~data: a~~|a|"
      })
  void data_and_name_are_read(String frame, String data, String name) {
    for (var ending : new String[] {"\n", "\r\n", "\r"}) {
      var event = SseEvent.read(frame.replace("~", ending).getBytes(UTF_8));
      assertThat(event.hasData()).isTrue();
      assertThat(new String(event.data(), UTF_8)).isEqualTo(data.replace('~', '\n'));
      assertThat(event.name()).isEqualTo(name == null ? "" : name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {": ping\n\n", "\n", "id: 1\n\n", "event: x\n\n", "retry: 1\n\n", "xdata: 1\n\n"})
  void some_frames_carry_no_data(String frame) {
    assertThat(SseEvent.read(frame.getBytes(UTF_8)).hasData()).isFalse();
  }

  @Test
  void empty_data_is_data() {
    for (var frame : new String[] {"data\n\n", "data:\n\n", "data: \n\n"}) {
      var event = SseEvent.read(frame.getBytes(UTF_8));
      assertThat(event.hasData()).isTrue();
      assertThat(event.data()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ": c~data: a~id: 1~~|new|: c~data: new~id: 1~~",
        "data:a~~|new|data:new~~",
        "\ufeffevent: x~data: a~data: b~id: 1~~|one~two|\ufeffevent: x~data: one~data: two~id: 1~~"
      })
  void other_data_leaves_the_frame_around_it_alone(String frame, String data, String expected) {
    var event = SseEvent.read(frame.replace("~", "\r\n").getBytes(UTF_8));
    var changed = event.withData(data.replace('~', '\n').getBytes(UTF_8));
    assertThat(new String(changed, UTF_8)).isEqualTo(expected.replace("~", "\r\n"));
  }

  @Test
  void what_is_written_is_read_back() {
    for (var data : new String[] {"{}", "", "a\nb", "a\n\nb\n", " a"}) {
      var event = SseEvent.read(SseEvent.write("x", data.getBytes(UTF_8)));
      assertThat(new String(event.data(), UTF_8)).isEqualTo(data);
      assertThat(event.name()).isEqualTo("x");
    }
    assertThat(new String(SseEvent.write("{}".getBytes(UTF_8)), UTF_8)).isEqualTo("data: {}\n\n");
  }

  @Test
  void data_of_many_lines_is_joined_in_no_time() {
    var event = SseEvent.read("data: 0123456789\n".repeat(200_000).concat("\n").getBytes(UTF_8));
    assertThat(event.data()).hasSize(200_000 * 11 - 1);
  }
}
