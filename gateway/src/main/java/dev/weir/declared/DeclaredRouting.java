package dev.weir.declared;

import dev.weir.provider.Provider;
import dev.weir.routing.Catalogue;
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
      RoutingDocuments.check(tenant, catalogue).all((id, wrong) -> {
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
}
