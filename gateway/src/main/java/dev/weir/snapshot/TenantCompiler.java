package dev.weir.snapshot;

import dev.weir.routing.Catalogue;
import dev.weir.routing.Prices;
import java.util.function.BiConsumer;

/**
 * Compiles a tenant's documents into its view. Immutable.
 *
 * <p>A kind of document is compiled by {@link Compiled#with}, which keeps what did not change and what no longer compiles.
 *
 * @param failures is told of each document that does not compile, and why
 */
record TenantCompiler(BiConsumer<Document, String> failures) {
  /**
   * The next view of a tenant.
   *
   * @param before what held until now: what is unchanged is taken over, and what does not compile stays as it was
   */
  TenantView compile(
      TenantDocuments documents, TenantView before, Catalogue catalogue, Prices prices) {
    return new TenantView(documents, before.routing().with(documents, catalogue, prices, failures));
  }
}
