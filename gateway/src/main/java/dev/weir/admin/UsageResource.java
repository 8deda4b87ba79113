package dev.weir.admin;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.store.Page;
import dev.weir.store.UsageReports;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** What was used, row by row and summed. Safe for many threads. */
final class UsageResource {
  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> FILTERS = List.of(
      "tenant_id", "department_id", "team_id", "api_key_id", "provider", "model", "outcome");

  private final UsageReports reports;

  UsageResource(UsageReports reports) {
    this.reports = reports;
  }

  void register(Operations operations) {
    operations.on("listUsage", this::list);
    operations.on("summarizeUsage", this::summary);
  }

  private Answer list(AdminRequest request) {
    var before = request.queried("cursor").map(Cursor::place).orElse(Long.MAX_VALUE);
    var page = reports.rows(request.actor(), filter(request), before, request.limit());
    return Answer.page(new Page<>(page.entries(), page.next().map(Cursor::write)), row -> row);
  }

  private Answer summary(AdminRequest request) {
    var groups = List.of(request.queried("group_by").orElse("tenant").split(",", -1));
    if (!UsageReports.canGroupBy(groups)) {
      throw GatewayException.of(
              ErrorCode.INVALID_VALUE,
              "One to three of tenant, department, team, key, provider, model and day were expected,"
                  + " with commas between them.")
          .param("group_by");
    }
    var form = JSON.createObjectNode();
    var data = form.putArray("data");
    reports.summary(request.actor(), filter(request), groups, request.limit()).forEach(data::add);
    return Answer.ok(form);
  }

  private static UsageReports.Filter filter(AdminRequest request) {
    var equal = new HashMap<String, String>();
    FILTERS.forEach(name -> request.queried(name).ifPresent(value -> equal.put(name, value)));
    return new UsageReports.Filter(equal, moment(request, "from"), moment(request, "to"));
  }

  private static Optional<Instant> moment(AdminRequest request, String name) {
    return request.queried(name).map(text -> {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException _) {
        throw GatewayException.of(
                ErrorCode.INVALID_VALUE, "A time was expected, as in 2026-11-24T22:00:00Z.")
            .param(name);
      }
    });
  }
}
