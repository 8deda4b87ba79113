package dev.weir.store;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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
      OffsetDateTime validFrom, long inputNanos, long outputNanos, OptionalLong cachedInputNanos) {
    public Price {
      // as the database gives it back, so that equal prices are equal
      validFrom = validFrom.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }
  }

  /** A model's prices, the oldest first. */
  static List<Price> of(Handle handle, String modelId) {
    return handle
        .createQuery("SELECT * FROM prices WHERE model_id = ? ORDER BY valid_from")
        .bind(0, modelId)
        .map((row, _) -> {
          var cached = row.getLong("cached_input_nanos");
          var none = row.wasNull();
          return new Price(
              row.getObject("valid_from", OffsetDateTime.class),
              row.getLong("input_nanos"),
              row.getLong("output_nanos"),
              none ? OptionalLong.empty() : OptionalLong.of(cached));
        })
        .list();
  }

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
