package dev.weir.snapshot;

import dev.weir.provider.Provider;
import dev.weir.routing.Catalogue;
import dev.weir.routing.Router;
import dev.weir.routing.TargetHealth;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compiles documents into snapshots: each from the one before, with only what changed compiled anew. Not thread-safe: one
 * thread makes the snapshots.
 */
final class SnapshotCompiler {
  private final List<Provider> configured;
  private final Function<Document.ProviderRow, Provider> providers;
  private final TenantCompiler tenants;
  private final BiConsumer<Document, String> failures;
  private final TargetHealth health;
  private final Clock clock;
  private TargetPrices prices = TargetPrices.NONE;
  private Compiled<Document.ProviderRow, Provider> stored = Compiled.none();

  /**
   * @param configured those of file, environment and process: they come first, and their names are taken
   * @param providers makes a provider of a row
   */
  SnapshotCompiler(
      List<Provider> configured,
      Function<Document.ProviderRow, Provider> providers,
      TargetHealth health,
      Clock clock,
      TenantCompiler tenants,
      BiConsumer<Document, String> failures) {
    this.configured = List.copyOf(configured);
    this.providers = providers;
    this.tenants = tenants;
    this.health = health;
    this.clock = clock;
    this.failures = failures;
  }

  /** The snapshot of a whole database; what does not compile stays as it is in the one before. */
  Snapshot all(DocumentSource.View read, Snapshot before) {
    var catalogue = catalogue(read.providers());
    var views = TenantViews.NONE.with(read.tenants().stream()
        .map(documents -> compile(documents, before, catalogue))
        .toList());
    return of(read.version(), catalogue, views);
  }

  /**
   * The snapshot with these tenants as they were read; one that was asked for and not found is gone.
   *
   * @param version up to which all changes are in it
   */
  Snapshot tenants(Set<String> asked, DocumentSource.View read, long version, Snapshot before) {
    var changed = documents(asked, read).values().stream()
        .filter(documents -> !before.tenant(documents.tenantId()).documents().equals(documents))
        .map(documents -> compile(documents, before, before.catalogue()))
        .toList();
    return of(
        version,
        before.catalogue(),
        changed.isEmpty() ? before.tenants() : before.tenants().with(changed));
  }

  /** The same with the providers besides, by which every tenant's view may change. */
  Snapshot providers(Set<String> asked, DocumentSource.View read, long version, Snapshot before) {
    var catalogue = catalogue(read.providers());
    var changed = documents(asked, read);
    var views = before
        .tenants()
        .each(view -> changed.containsKey(view.tenantId())
            ? view
            : tenants.compile(view.documents(), view, catalogue, prices))
        .with(changed.values().stream()
            .map(documents -> compile(documents, before, catalogue))
            .toList());
    return of(version, catalogue, views);
  }

  private static Map<String, TenantDocuments> documents(
      Set<String> asked, DocumentSource.View read) {
    var found = new HashMap<String, TenantDocuments>();
    asked.forEach(id -> found.put(id, TenantDocuments.none(id)));
    read.tenants().forEach(documents -> found.put(documents.tenantId(), documents));
    return found;
  }

  private TenantView compile(TenantDocuments documents, Snapshot before, Catalogue catalogue) {
    return tenants.compile(documents, before.tenant(documents.tenantId()), catalogue, prices);
  }

  private Snapshot of(long version, Catalogue catalogue, TenantViews views) {
    var router = new Router(catalogue, views::routing, health, clock);
    return new Snapshot(version, catalogue, router, prices.list(), tenants.builtIn(), views);
  }

  private Catalogue catalogue(List<Document.ProviderRow> rows) {
    var all = new ArrayList<>(configured);
    var taken = configured.stream().map(Provider::name).collect(Collectors.toSet());
    stored =
        stored.with(rows.stream().filter(row -> free(row, taken)).toList(), providers, failures);
    all.addAll(stored.all());
    prices = TargetPrices.of(rows, all);
    return new Catalogue(all);
  }

  private boolean free(Document.ProviderRow row, Set<String> taken) {
    if (taken.add(row.name())) {
      return true;
    }
    failures.accept(row, "a provider of file or environment has the name " + row.name());
    return false;
  }

  /** The snapshot of a gateway whose database was not read yet. */
  Snapshot empty() {
    return of(0, catalogue(List.of()), TenantViews.NONE);
  }
}
