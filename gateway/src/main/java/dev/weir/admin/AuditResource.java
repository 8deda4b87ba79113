package dev.weir.admin;

import dev.weir.store.AuditLog;
import dev.weir.store.Page;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit log, to be read. Safe for many threads. */
final class AuditResource {
  private static final JsonMapper JSON = new JsonMapper();

  private final AuditLog log;

  AuditResource(AuditLog log) {
    this.log = log;
  }

  void register(Operations operations) {
    operations.on("listAudit", this::list);
  }

  private Answer list(AdminRequest request) {
    var page = log.list(
        request.actor(),
        request.queried("tenant_id"),
        request.queried("cursor").map(Cursor::place).orElse(0L),
        request.limit());
    return Answer.page(
        new Page<>(page.entries(), page.next().map(Cursor::write)), AuditResource::form);
  }

  private static JsonNode form(AuditLog.Linked linked) {
    var entry = linked.entry();
    var form = JSON.createObjectNode();
    form.put("seq", entry.seq());
    form.put("at", entry.at().toString());
    form.put("actor", entry.actor());
    form.put("action", entry.action());
    form.put("resource", entry.resource());
    form.put("resource_id", entry.resourceId());
    form.put("tenant_id", entry.tenantId().orElse(null));
    form.set("change", JSON.readTree(entry.change()));
    form.put("hash", HexFormat.of().formatHex(linked.hash()));
    return form;
  }
}
