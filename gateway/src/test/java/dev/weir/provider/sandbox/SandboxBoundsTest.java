package dev.weir.provider.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Operation;
import dev.weir.protocol.Reply;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is asked for must not decide how much memory is taken. */
class SandboxBoundsTest {
  private static final ScheduledExecutorService PACE = Executors.newScheduledThreadPool(1);
  private static final SandboxProvider SANDBOX = new SandboxProvider(PACE, Clock.systemUTC());

  @AfterAll
  static void stop() {
    PACE.shutdownNow();
  }

  @Test
  void n_is_bounded_and_the_error_says_so() {
    for (var stream : new String[] {"", ",\"stream\":true"}) {
      var failure = refused("\"n\":2000000000" + stream, "hi");
      assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_REQUEST);
      assertThat(failure.param()).isEqualTo("n");
      assertThat(failure.text()).contains("at most 128");
    }
    assertThat(answer("\"n\":128", "hi")).contains("\"index\":127");
  }

  @Test
  void many_choices_of_a_long_answer_are_bounded_together() {
    var failure = refused("\"n\":100", "word ".repeat(700));
    assertThat(failure.param()).isEqualTo("n");
    assertThat(failure.text()).contains("at most 65536 words").contains("70000 words");
  }

  @Test
  void a_message_of_very_many_words_or_one_very_long_word_is_not_said_back() {
    assertThat(refused("\"n\":1", "a ".repeat(4_000_000)).param()).isEqualTo("messages");
    assertThat(refused("\"n\":1", "a".repeat(17 << 20)).param()).isEqualTo("messages");
    assertThat(refused("\"n\":2", "a".repeat(9 << 20)).param()).isEqualTo("n");
  }

  @Test
  void a_large_ordinary_message_is_said_back() {
    var said = "word ".repeat(30_000).strip();
    assertThat(answer("\"n\":1", said)).contains(said).contains("\"completion_tokens\":30000");
  }

  private static String answer(String members, String said) {
    var reply = (Reply.Whole)
        SANDBOX.answer(Operation.CHAT_COMPLETIONS, "sandbox-echo", body(members, said));
    return new String(reply.body(), UTF_8);
  }

  private static GatewayException refused(String members, String said) {
    return catchThrowableOfType(
        GatewayException.class,
        () -> SANDBOX.answer(Operation.CHAT_COMPLETIONS, "sandbox-echo", body(members, said)));
  }

  private static byte[] body(String members, String said) {
    return ("{\"model\":\"sandbox-echo\"," + members
            + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + said + "\"}]}")
        .getBytes(UTF_8);
  }
}
