package dev.weir;

import dev.weir.provider.Credential;
import dev.weir.provider.Provider;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;
import dev.weir.snapshot.Document;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes providers of rows. Immutable.
 *
 * @param reach where the addresses may lie that the admin API wrote; those of the operator's own file may lie anywhere
 */
public record StoredProviders(Reach reach) implements Function<Document.ProviderRow, Provider> {
  @Override
  public Provider apply(Document.ProviderRow row) {
    return new RemoteProvider(
        row.name(),
        Providers.ALL.baseUrl(row.type(), Optional.of(row.baseUrl()), row.settings()),
        row.credentials().stream()
            .map(one -> new Credential(one.id(), one.secret()))
            .toList(),
        row.models().stream().map(Document.ModelRow::name).toList(),
        row.managedBy().equals("file") ? Reach.ANYWHERE : reach,
        Providers.ALL.of(row.type()).translator(row.settings()));
  }
}
