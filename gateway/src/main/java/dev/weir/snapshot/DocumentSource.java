package dev.weir.snapshot;

import java.util.List;
import java.util.Set;

/** Where documents are read: the seam to the store. Each call is one consistent view. Safe for many threads. */
public interface DocumentSource {
  /** A gateway whose database has no documents. */
  DocumentSource NONE = new DocumentSource() {
    @Override
    public View all() {
      return new View(0, List.of(), List.of());
    }

    @Override
    public View tenants(Set<String> ids) {
      return all();
    }

    @Override
    public View providers(Set<String> tenants) {
      return all();
    }
  };

  /** What was read, and the version it shows. A tenant that was asked for and is not in it is gone. */
  record View(long version, List<TenantDocuments> tenants, List<Document.ProviderRow> providers) {
    public View {
      tenants = List.copyOf(tenants);
      providers = List.copyOf(providers);
    }
  }

  /**
   * All tenants and all providers.
   *
   * @throws Unavailable when the store cannot answer now
   */
  View all();

  /**
   * These tenants alone, and no providers.
   *
   * @throws Unavailable when the store cannot answer now
   */
  View tenants(Set<String> ids);

  /**
   * All providers, and these tenants.
   *
   * @throws Unavailable when the store cannot answer now
   */
  View providers(Set<String> tenants);

  /** The store cannot answer now. */
  final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unavailable(Throwable cause) {
      super("the documents cannot be read", cause);
    }

    /** The innermost cause in its own words. */
    String reason() {
      Throwable inner = this;
      while (inner.getCause() != null) {
        inner = inner.getCause();
      }
      return String.valueOf(inner.getMessage());
    }
  }
}
