package dev.weir.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChatRequestTest {
  private static final String BODY =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"h\\u00e9\"}],\"x\":1e400}";

  @Test
  void the_clients_own_array_goes_on_when_nothing_changes() {
    var bytes = BODY.getBytes(UTF_8);
    assertThat(ChatRequest.read(bytes).bodyFor("m")).isSameAs(bytes);
  }

  @Test
  void only_the_models_bytes_change() {
    assertThat(new String(ChatRequest.read(BODY.getBytes(UTF_8)).bodyFor("a/b"), UTF_8))
        .isEqualTo(BODY.replace("\"m\"", "\"a/b\""));
  }
}
