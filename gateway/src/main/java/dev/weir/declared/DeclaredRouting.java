package dev.weir.declared;

import dev.weir.protocol.InvalidDocument;
import dev.weir.provider.Provider;
import dev.weir.routing.ApiRoute;
import dev.weir.routing.Catalogue;
import dev.weir.routing.PlacedPolicy;
import dev.weir.routing.RoutingCheck;
import dev.weir.snapshot.Document;
import dev.weir.snapshot.DocumentSource;
import dev.weir.snapshot.RoutingDocuments;
import dev.weir.store.DeclarationRefused;
import dev.weir.store.DeclaredResources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Refuses declared policies and routes that lead nowhere, or back to themselves, and providers whose name is taken. Immutable.
 *
 * @param configured the providers of environment and process
 * @param stored makes a provider of a row
 */
public record DeclaredRouting(
    List<Provider> configured, Function<Document.ProviderRow, Provider> stored)
    implements DeclaredResources.Check {
  public DeclaredRouting {
    configured = List.copyOf(configured);
  }

  @Override
  public void check(DocumentSource.View after, Map<String, String> places) {
    var catalogue = catalogue(after.providers(), places);
    for (var tenant : after.tenants()) {
      List<PlacedPolicy> policies = readable(tenant.policies(), RoutingDocuments::policy);
      List<ApiRoute> routes = readable(tenant.routes(), RoutingDocuments::route);
      new RoutingCheck(catalogue, policies, routes).all((id, wrong) -> {
        var place = places.get(id);
        if (place != null) {
          throw new DeclarationRefused(
              place + "." + wrong.path().replaceFirst("^(routing_policy)_id$", "$1"),
              String.valueOf(wrong.getMessage()));
        }
      });
    }
  }

  private Catalogue catalogue(List<Document.ProviderRow> rows, Map<String, String> places) {
    var all = new ArrayList<>(configured);
    var taken = new HashSet<String>();
    configured.forEach(provider -> taken.add(provider.name()));
    for (var row : rows) {
      var place = places.get(row.id());
      if (!taken.add(row.name())) {
        if (place != null) {
          throw new DeclarationRefused(
              place + ".name",
              "a provider of the environment or of the process has the name " + row.name());
        }
        continue;
      }
      try {
        all.add(stored.apply(row));
      } catch (IllegalArgumentException wrong) {
        if (place != null) {
          throw new DeclarationRefused(place, String.valueOf(wrong.getMessage()));
        }
      }
    }
    return new Catalogue(all);
  }

  // what the admin API saved under other rules answers for nothing
  private static <D, T> List<T> readable(List<D> documents, Function<D, T> read) {
    var found = new ArrayList<T>();
    for (var document : documents) {
      try {
        found.add(read.apply(document));
      } catch (InvalidDocument _) {
        // left out; what is declared was read before
      }
    }
    return found;
  }
}
