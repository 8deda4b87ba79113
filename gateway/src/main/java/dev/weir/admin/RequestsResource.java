package dev.weir.admin;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.store.AggregateStore;
import dev.weir.store.Page;
import dev.weir.telemetry.DecisionLog;
import dev.weir.telemetry.DecisionRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The decision records of the last requests, each admin seeing only those of its tenant. Safe for many threads. */
final class RequestsResource {
  private static final JsonMapper JSON = new JsonMapper();

  private final DecisionLog decisions;

  RequestsResource(DecisionLog decisions) {
    this.decisions = decisions;
  }

  void register(Operations operations) {
    operations.on("listRequests", this::list);
    operations.on("getRequest", this::get);
  }

  private Answer list(AdminRequest request) {
    var limit = request.limit();
    var before = request.queried("cursor").map(RequestsResource::place).orElse(Long.MAX_VALUE);
    var found =
        decisions.page(filter(request).and(one -> visible(request, one)), before, limit + 1);
    Optional<String> next = found.size() <= limit
        ? Optional.empty()
        : Optional.of(Cursor.write(Long.toString(found.get(limit - 1).number())));
    var page = found.size() <= limit ? found : found.subList(0, limit);
    return Answer.page(new Page<>(page, next), one -> form(one, DecisionRecord::writeSummary));
  }

  private static DecisionLog.Filter filter(AdminRequest request) {
    return new DecisionLog.Filter(
        request.queried("tenant_id"),
        request.queried("status").map(Integer::parseInt),
        request.queried("model"),
        request.queried("since").map(RequestsResource::moment),
        request.queried("errors").map(Boolean::parseBoolean).orElse(false));
  }

  private static boolean visible(AdminRequest request, DecisionRecord one) {
    var tenant = request.actor().tenant();
    return tenant.isEmpty() || tenant.get().equals(one.trace().tenant);
  }

  private Answer get(AdminRequest request) {
    // request ids hold more characters than the ids of rows
    var id = request.pathId().orElseThrow(AggregateStore::notFound);
    var found =
        decisions.find(id, one -> visible(request, one)).orElseThrow(AggregateStore::notFound);
    return Answer.ok(form(
        found,
        request.caller().ofOneTenant() ? DecisionRecord::writeForTenant : DecisionRecord::write));
  }

  private static JsonNode form(DecisionRecord one, BiConsumer<DecisionRecord, JsonWriter> writer) {
    var json = new JsonWriter();
    writer.accept(one, json);
    return JSON.readTree(json.bytes());
  }

  private static long place(String cursor) {
    try {
      return Long.parseLong(Cursor.read(cursor));
    } catch (NumberFormatException _) {
      throw Cursor.wrong();
    }
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException _) {
      throw GatewayException.of(
              ErrorCode.INVALID_VALUE, "A time was expected, as in 2026-11-24T22:00:00Z.")
          .param("since");
    }
  }
}
