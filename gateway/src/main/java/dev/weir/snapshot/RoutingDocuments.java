package dev.weir.snapshot;

import dev.weir.protocol.InvalidDocument;
import dev.weir.routing.ApiRoute;
import dev.weir.routing.ApiRouteRow;
import dev.weir.routing.Catalogue;
import dev.weir.routing.PlacedPolicy;
import dev.weir.routing.Prices;
import dev.weir.routing.RoutingCheck;
import dev.weir.routing.RoutingPolicy;
import dev.weir.routing.TenantRouting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A tenant's policies and API routes, read and compiled. Immutable.
 *
 * @param catalogue against which the names were resolved
 */
public record RoutingDocuments(
    Compiled<Document.Policy, PlacedPolicy> policies,
    Compiled<Document.Route, ApiRoute> routes,
    Catalogue catalogue,
    Prices prices,
    TenantRouting compiled) {
  static final RoutingDocuments NONE = new RoutingDocuments(
      Compiled.none(),
      Compiled.none(),
      new Catalogue(List.of()),
      Prices.UNKNOWN,
      TenantRouting.NONE);

  /**
   * The same for these documents. Only what changed is read again; names are resolved again when any document, the catalogue
   * or a price changed.
   */
  RoutingDocuments with(
      TenantDocuments documents,
      Catalogue nextCatalogue,
      Prices nextPrices,
      BiConsumer<Document, String> failures) {
    var nextPolicies = policies.with(documents.policies(), RoutingDocuments::policy, failures);
    var nextRoutes = routes.with(documents.routes(), RoutingDocuments::route, failures);
    if (nextCatalogue == catalogue
        && nextPrices.equals(prices)
        && nextPolicies.all().equals(policies.all())
        && nextRoutes.all().equals(routes.all())) {
      return new RoutingDocuments(nextPolicies, nextRoutes, catalogue, prices, compiled);
    }
    var next =
        TenantRouting.compile(nextPolicies.all(), nextRoutes.all(), nextCatalogue, nextPrices);
    next.skipped()
        .forEach(
            skipped -> Stream.concat(documents.policies().stream(), documents.routes().stream())
                .filter(document -> document.id().equals(skipped.id()))
                .forEach(document -> failures.accept(document, skipped.reason())));
    return new RoutingDocuments(nextPolicies, nextRoutes, nextCatalogue, nextPrices, next);
  }

  /** The check of a tenant's policies and routes against this catalogue. */
  public static RoutingCheck check(TenantDocuments documents, Catalogue catalogue) {
    return new RoutingCheck(
        catalogue,
        readable(documents.policies(), RoutingDocuments::policy),
        readable(documents.routes(), RoutingDocuments::route));
  }

  // what was saved under other rules answers for nothing, and is left out
  private static <D, T> List<T> readable(List<D> documents, Function<D, T> read) {
    var found = new ArrayList<T>();
    for (var document : documents) {
      try {
        found.add(read.apply(document));
      } catch (InvalidDocument _) {
        // left out
      }
    }
    return found;
  }

  /**
   * Reads a stored policy.
   *
   * @throws dev.weir.protocol.InvalidDocument with the path of the field at fault
   */
  public static PlacedPolicy policy(Document.Policy row) {
    return new PlacedPolicy(
        RoutingPolicy.read(row.id(), row.name(), row.version(), row.match(), row.strategy()),
        row.bound() ? PlacedPolicy.Binding.BOUND : PlacedPolicy.Binding.FREE);
  }

  /**
   * Reads a stored route.
   *
   * @throws dev.weir.protocol.InvalidDocument with the path of the field at fault
   */
  public static ApiRoute route(Document.Route row) {
    return ApiRoute.read(new ApiRouteRow(
        row.id(),
        row.path(),
        row.method(),
        row.protocol(),
        row.priority(),
        row.policyId(),
        row.model(),
        row.profileId(),
        row.parameters()));
  }
}
