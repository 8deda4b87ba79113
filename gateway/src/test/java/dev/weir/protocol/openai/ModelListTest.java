package dev.weir.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelListTest {
  private static final ModelList.Model MODEL = new ModelList.Model("a/\"b", 1_700_000_000, "a");
  private static final String JSON =
      "{\"id\":\"a/\\\"b\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"a\"}";

  @Test
  void models_are_written_as_openai_does() {
    assertThat(new String(ModelList.one(MODEL), UTF_8)).isEqualTo(JSON);
    assertThat(new String(ModelList.list(List.of(MODEL, MODEL)), UTF_8))
        .isEqualTo("{\"object\":\"list\",\"data\":[" + JSON + "," + JSON + "]}");
    assertThat(new String(ModelList.list(List.of()), UTF_8))
        .isEqualTo("{\"object\":\"list\",\"data\":[]}");
  }
}
