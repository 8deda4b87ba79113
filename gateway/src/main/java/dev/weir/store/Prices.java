package dev.weir.store;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The dated prices of models. Stateless. */
public final class Prices {
  private Prices() {}

  /**
   * A price from a day on, in nano-dollars per million tokens.
   *
   * @param cachedInputNanos of tokens that the provider had cached; empty: as any other
   */
  public record Price(
      OffsetDateTime validFrom, long inputNanos, long outputNanos, OptionalLong cachedInputNanos) {}

  /** Has a model's prices be these and no others; within a change. */
  public static void replace(Handle handle, String modelId, List<Price> prices) {
    handle.execute("DELETE FROM prices WHERE model_id = ?", modelId);
    for (var price : prices) {
      handle.execute(
          """
          INSERT INTO prices (model_id, valid_from, input_nanos, output_nanos, cached_input_nanos)
          VALUES (?, ?, ?, ?, ?)
          """,
          modelId,
          price.validFrom(),
          price.inputNanos(),
          price.outputNanos(),
          price.cachedInputNanos().isPresent() ? price.cachedInputNanos().getAsLong() : null);
    }
  }
}
