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
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
    var before = request.queried("cursor").map(Cursor::place).orElse(Long.MAX_VALUE);
    var found = decisions.page(filter(request), before, limit + 1);
    Optional<String> next = found.size() <= limit
        ? Optional.empty()
        : Optional.of(Cursor.write(Long.toString(found.get(limit - 1).number())));
    var page = found.size() <= limit ? found : found.subList(0, limit);
    return Answer.page(new Page<>(page, next), one -> form(one, DecisionRecord::writeSummary));
  }

  /** What the admin may see and asks for; what is not asked about is not looked at. */
  private static Predicate<DecisionRecord> filter(AdminRequest request) {
    var wanted = new ArrayList<Predicate<DecisionRecord>>();
    wanted.add(one -> visible(request, one));
    equal(request, "tenant_id", one -> one.trace().tenant).ifPresent(wanted::add);
    equal(request, "team_id", one -> one.trace().team).ifPresent(wanted::add);
    equal(request, "api_key_id", one -> one.trace().keyId).ifPresent(wanted::add);
    equal(request, "status", one -> Integer.toString(one.status())).ifPresent(wanted::add);
    equal(request, "outcome", one -> one.outcome().label()).ifPresent(wanted::add);
    request.queried("model").ifPresent(model -> wanted.add(one -> one.concerns(model)));
    request
        .queried("since")
        .map(RequestsResource::moment)
        .ifPresent(from -> wanted.add(one -> !one.at().isBefore(from)));
    request
        .queried("min_latency_ms")
        .map(Long::parseLong)
        .ifPresent(
            least -> wanted.add(one -> one.elapsed() >= TimeUnit.MILLISECONDS.toNanos(least)));
    if (request.queried("errors").map(Boolean::parseBoolean).orElse(false)) {
      wanted.add(DecisionRecord::failed);
    }
    return one -> wanted.stream().allMatch(wish -> wish.test(one));
  }

  private static Optional<Predicate<DecisionRecord>> equal(
      AdminRequest request, String parameter, Function<DecisionRecord, @Nullable String> of) {
    return request.queried(parameter).map(asked -> one -> asked.equals(of.apply(one)));
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
