package dev.weir.admin;

import dev.weir.pipeline.Endpoint;
import dev.weir.store.Aggregates;
import dev.weir.store.Stores;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The admin API, ready to be served: a route for each operation of the contract, and the contract itself. Immutable. */
public final class AdminPlane {
  /** The prefix of every operation's path. */
  public static final String BASE = "/admin/v1";

  private final AdminContract contract;
  private final List<Route> routes;

  /** A path and what answers it. */
  public record Route(String method, String path, Endpoint endpoint) {}

  /**
   * @param checks what documents must hold besides their schemas
   * @throws IllegalStateException when contract and code do not name the same operations
   */
  public AdminPlane(
      Stores stores, DocumentChecks checks, LiveView live, LiveProviders providers, Clock clock) {
    this.contract = AdminContract.load();
    var operations = operations(stores, checks, live, clock);
    new ProviderStatusResource(stores, live.snapshots(), providers).register(operations);
    requireSame(operations.ids());
    var gate = new Gate(stores.admins(), clock);
    var all = new ArrayList<Route>();
    for (var operation : contract.operations()) {
      var endpoint = new AdminEndpoint(operation, contract, gate, operations.handler(operation));
      all.add(new Route(operation.method(), BASE + operation.path(), endpoint));
    }
    all.addAll(new ContractPages(contract).routes());
    this.routes = List.copyOf(all);
  }

  public List<Route> routes() {
    return routes;
  }

  private static Operations operations(
      Stores stores, DocumentChecks checks, LiveView live, Clock clock) {
    var operations = new Operations();
    new TenantResource(stores).register(operations);
    resource("Department", stores.rows(Aggregates.DEPARTMENTS)).register(operations);
    resource("Team", stores.rows(Aggregates.TEAMS)).register(operations);
    new Resource(
            "GuardrailProfile",
            stores.rows(Aggregates.GUARDRAIL_PROFILES),
            checks.guardrailProfile())
        .register(operations);
    new ApiKeyResource(stores).register(operations);
    new AdminResource(stores).register(operations);
    new ProviderResource(stores, checks.baseUrls(), checks.vendors()).register(operations);
    new ModelResource(stores).register(operations);
    new AuditResource(stores.audit()).register(operations);
    new UsageResource(stores.usage()).register(operations);
    var routing = new RoutingChecks(live);
    RoutingResource.policies(stores, routing).register(operations);
    RoutingResource.routes(stores, routing).register(operations);
    new ExplainResource(stores, live, clock).register(operations);
    new RequestsResource(live.decisions()).register(operations);
    new GuardrailsResource(stores, live, checks, live.stage()).register(operations);
    return operations;
  }

  private static Resource resource(String singular, dev.weir.store.AggregateStore rows) {
    return new Resource(singular, rows, Resource.DocumentCheck.NONE);
  }

  private void requireSame(Set<String> answered) {
    var named = new LinkedHashSet<String>();
    contract.operations().forEach(operation -> named.add(operation.id()));
    if (!named.equals(answered)) {
      throw new IllegalStateException(
          "the contract names " + named + ", but answered are " + answered);
    }
  }
}
