package dev.weir.snapshot;

import dev.weir.guardrail.profile.GuardrailProfile;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.routing.Catalogue;
import dev.weir.routing.Prices;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Compiles a tenant's documents into its view. Immutable.
 *
 * <p>A kind of document is compiled by {@link Compiled#with}, which keeps what did not change and what no longer compiles.
 *
 * @param builtIn the guardrail profiles of every tenant
 * @param failures is told of each document that does not compile, and why
 */
record TenantCompiler(ProfileBook builtIn, BiConsumer<Document, String> failures) {
  /**
   * The next view of a tenant.
   *
   * @param before what held until now: what is unchanged is taken over, and what does not compile stays as it was
   */
  TenantView compile(
      TenantDocuments documents, TenantView before, Catalogue catalogue, Prices prices) {
    var profiles = before.profiles().with(documents.profiles(), this::profile, failures);
    return new TenantView(
        documents,
        before.routing().with(documents, catalogue, prices, failures),
        profiles,
        book(documents, profiles, before));
  }

  private GuardrailProfile profile(Document.Profile row) {
    return GuardrailProfile.read(
        row.id(), row.name(), row.version(), row.rules(), builtIn.detectors());
  }

  private Optional<ProfileBook> book(
      TenantDocuments documents,
      Compiled<Document.Profile, GuardrailProfile> profiles,
      TenantView before) {
    if (documents.profiles().isEmpty()) {
      return Optional.empty();
    }
    // a book keeps the chains that were made of it: it is thrown away only for a change of profiles
    return documents.profiles().equals(before.documents().profiles())
        ? before.book()
        : Optional.of(builtIn.with(profiles.all()));
  }
}
