package dev.weir.admin;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.InvalidDocument;
import dev.weir.routing.RoutingCheck;
import dev.weir.snapshot.Document;
import dev.weir.snapshot.RoutingDocuments;
import dev.weir.snapshot.TenantDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks policies and routes that are to be saved against what their tenant has. Safe for many threads. */
final class RoutingChecks {
  private static final Duration CATCH_UP = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final LiveView live;

  RoutingChecks(LiveView live) {
    this.live = live;
  }

  /** Refuses a policy that cannot be used, or without which another could not be. */
  void policy(String id, ObjectNode fields, TenantDocuments others) {
    var policy = RoutingDocuments.policy(row(id, fields));
    if (active(fields)) {
      now(others).policy(policy);
    } else {
      now(others).withoutPolicy(id);
    }
  }

  private static Document.Policy row(String id, ObjectNode fields) {
    return new Document.Policy(
        id,
        text(fields, "name").orElse(id),
        0,
        json(fields, "match"),
        json(fields, "strategy"),
        false);
  }

  private static boolean active(ObjectNode fields) {
    return fields.path("active").asBoolean(true);
  }

  /** Refuses to take away what another policy or a route needs. */
  void policyGone(String id, ObjectNode fields, TenantDocuments others) {
    try {
      now(others).withoutPolicy(id);
    } catch (InvalidDocument needed) {
      throw GatewayException.of(ErrorCode.CONFLICT, String.valueOf(needed.getMessage()));
    }
  }

  /** Refuses a route that leads nowhere or stands where another does. */
  void route(String id, ObjectNode fields, TenantDocuments others) {
    var route = RoutingDocuments.route(new Document.Route(
        id,
        0,
        text(fields, "path").orElse(""),
        text(fields, "method").orElse("POST"),
        text(fields, "protocol").orElse("openai.chat"),
        fields.path("priority").asInt(0),
        text(fields, "routing_policy_id"),
        text(fields, "model"),
        text(fields, "guardrail_profile_id"),
        json(fields, "parameters")));
    if (active(fields)) {
      now(others).apiRoute(route);
    }
  }

  /**
   * What a tenant had before a row was written.
   *
   * @param after what it has now
   * @param old the row as it was; empty when there was none
   */
  TenantDocuments before(TenantDocuments after, String id, Optional<ObjectNode> old) {
    var policies = new ArrayList<Document.Policy>();
    var was = old.filter(row -> row.has("strategy") && active(row)).map(row -> row(id, row));
    for (var policy : after.policies()) {
      if (!policy.id().equals(id)) {
        policies.add(policy);
      } else if (was.isPresent()) {
        policies.add(was.get());
      }
    }
    // one that is not there any more: where two list a name it would answer first, and its going is
    // what is checked
    if (was.isPresent() && !policies.contains(was.get())) {
      policies.addFirst(was.get());
    }
    return new TenantDocuments(after.tenantId(), after.profiles(), policies, after.routes());
  }

  private RoutingCheck now(TenantDocuments documents) {
    return RoutingDocuments.check(documents, live.snapshots().current().catalogue());
  }

  /** Waits until the snapshot shows what the database has; false when it did already, or does not come. */
  boolean caughtUp() {
    var view = live.documents().tenants(Set.of());
    if (live.snapshots().current().version() >= view.version()) {
      return false;
    }
    var deadline = System.nanoTime() + CATCH_UP.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        if (live.snapshots().current().version() >= view.version()) {
          return true;
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static Optional<String> text(ObjectNode fields, String name) {
    return Optional.ofNullable(fields.get(name)).filter(JsonNode::isString).map(JsonNode::asString);
  }

  private static String json(ObjectNode fields, String name) {
    var value = fields.get(name);
    return value == null ? "{}" : value.toString();
  }
}
