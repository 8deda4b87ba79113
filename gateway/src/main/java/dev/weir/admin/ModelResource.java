package dev.weir.admin;

import dev.weir.protocol.InvalidDocument;
import dev.weir.store.AggregateStore.Step;
import dev.weir.store.Aggregates;
import dev.weir.store.Prices;
import dev.weir.store.Stores;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Models and what they cost from which day on. Safe for many threads. */
final class ModelResource {
  private static final int NANO_DIGITS = 9;

  private final Resource models;

  ModelResource(Stores stores) {
    this.models =
        new Resource("Model", stores.rows(Aggregates.MODELS), Resource.DocumentCheck.NONE);
  }

  void register(Operations operations) {
    models.registerReads(operations);
    operations.on(
        "createModel",
        request -> models.create(request, columns(request.body()), prices(request.body())));
    operations.on(
        "updateModel",
        request -> models.update(request, columns(request.body()), prices(request.body())));
    operations.on("deleteModel", request -> models.delete(request, Step.NONE));
  }

  private static ObjectNode columns(ObjectNode body) {
    return body.deepCopy().without("prices");
  }

  private static Step prices(ObjectNode body) {
    var given = body.get("prices");
    if (given == null) {
      return Step.NONE;
    }
    var prices = Resource.reading(() -> read(given));
    return (handle, id, _) -> Prices.replace(handle, id, prices);
  }

  private static List<Prices.Price> read(JsonNode given) {
    var prices = new ArrayList<Prices.Price>();
    var days = new HashSet<OffsetDateTime>();
    for (var i = 0; i < given.size(); i++) {
      var path = "prices[" + i + "].";
      var one = given.get(i);
      var from = OffsetDateTime.parse(one.get("valid_from").asString());
      if (days.stream().anyMatch(from::isEqual) || !days.add(from)) {
        throw new InvalidDocument(path + "valid_from", "Another price holds from that time on.");
      }
      var cached = one.get("cached_input_usd_per_million");
      prices.add(new Prices.Price(
          from,
          nanos(one.get("input_usd_per_million"), path + "input_usd_per_million"),
          nanos(one.get("output_usd_per_million"), path + "output_usd_per_million"),
          cached == null || cached.isNull()
              ? OptionalLong.empty()
              : OptionalLong.of(nanos(cached, path + "cached_input_usd_per_million"))));
    }
    return prices;
  }

  // exactly: money is never rounded
  private static long nanos(JsonNode dollars, String path) {
    try {
      return dollars.asDecimal().movePointRight(NANO_DIGITS).longValueExact();
    } catch (ArithmeticException _) {
      throw new InvalidDocument(path, "At most nine digits after the point were expected.");
    }
  }
}
