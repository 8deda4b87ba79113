package dev.weir.guardrail.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.guardrail.names.NameWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WeightsTest {
  private static final Weights SHIPPED = Weights.shipped();
  private static final int FOUR_MEGABYTES = 4 << 20;

  @Test
  void what_is_written_is_read_again() {
    var copy = Weights.read(SHIPPED.bytes());
    assertThat(copy.digest()).isEqualTo(SHIPPED.digest());
    assertThat(copy.bytes()).isEqualTo(SHIPPED.bytes());
  }

  @Test
  void all_weights_of_a_build_together_are_below_four_megabytes() {
    assertThat(SHIPPED.bytes().length + NameWeights.shipped().bytes().length)
        .isLessThan(FOUR_MEGABYTES);
  }

  @Test
  void one_changed_bit_is_noticed() {
    var bytes = SHIPPED.bytes();
    bytes[1000] ^= 1;
    assertThatThrownBy(() -> Weights.read(bytes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> Weights.read(new byte[3])).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void the_figures_are_those_of_the_weights_that_are_shipped() throws IOException {
    assertThat(Files.readString(Path.of("../docs/model-cards/figures.md")))
        .contains(SHIPPED.digest());
    assertThat(Files.readString(Path.of("../docs/model-cards/names-figures.md")))
        .contains(NameWeights.shipped().digest());
  }
}
