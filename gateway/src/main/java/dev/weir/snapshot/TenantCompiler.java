package dev.weir.snapshot;

import dev.weir.routing.Catalogue;
import java.util.function.BiConsumer;

/** Compiles a tenant's documents into its view. Safe for many threads. */
public final class TenantCompiler {
  private final BiConsumer<Document, String> failures;

  /**
   * @param failures is told of each document that does not compile, and why
   */
  public TenantCompiler(BiConsumer<Document, String> failures) {
    this.failures = failures;
  }

  /**
   * The next view of a tenant.
   *
   * @param before what held until now: what is unchanged is taken over, and what does not compile stays as it was
   */
  TenantView compile(TenantDocuments documents, TenantView before, Catalogue catalogue) {
    return new TenantView(documents);
  }
}
