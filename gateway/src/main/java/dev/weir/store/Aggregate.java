package dev.weir.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One table as the admin API sees it: which columns it shows and takes, what they refer to, what goes with it. Immutable; all
 * its words are constants of the code, and statements are made of them once.
 *
 * @param table its name, the contract's {@code x-weir-resource}
 * @param kind one of it, in notifications: {@code api_key}
 * @param prefix of its ids
 * @param tenancy which column says whose a row is
 * @param columns that the API shows, in its order, {@code id} and the server's own left out
 * @param hidden columns that are written here and never shown
 * @param derived columns made of other tables' rows, as SQL over {@code t}
 * @param references to other tables
 * @param owned tables whose rows are deleted with a row of this one
 * @param users tables whose rows keep a row of this one from being deleted
 */
public record Aggregate(
    String table,
    String kind,
    String prefix,
    Tenancy tenancy,
    List<String> columns,
    List<String> hidden,
    List<Derived> derived,
    List<Reference> references,
    List<Link> owned,
    List<Link> users) {

  /** Whose a row is. */
  public enum Tenancy {
    /** It is a tenant itself. */
    SELF,
    /** A tenant's, named in {@code tenant_id}. */
    TENANT,
    /** A tenant's or, without {@code tenant_id}, the gateway's. */
    OPTIONAL,
    /** The gateway's. */
    NONE;

    /** The column that holds the tenant's id. */
    Optional<String> column() {
      return switch (this) {
        case SELF -> Optional.of("id");
        case TENANT, OPTIONAL -> Optional.of("tenant_id");
        case NONE -> Optional.empty();
      };
    }
  }

  /** A value that is made of other tables' rows: its name, and SQL over {@code t}, the row. */
  public record Derived(String name, String sql) {}

  /**
   * A column that names a row of another table, which must be there, and of the same tenant where that table has tenants.
   *
   * @param builtIn ids that name no row, and are everybody's
   */
  public record Reference(String column, String table, Tenancy tenancy, Set<String> builtIn) {
    public Reference {
      builtIn = Set.copyOf(builtIn);
    }

    public Reference(String column, String table, Tenancy tenancy) {
      this(column, table, tenancy, Set.of());
    }
  }

  /** Rows of another table that name one of this in a column. */
  public record Link(String table, String column) {}

  public Aggregate {
    columns = List.copyOf(columns);
    hidden = List.copyOf(hidden);
    derived = List.copyOf(derived);
    references = List.copyOf(references);
    owned = List.copyOf(owned);
    users = List.copyOf(users);
  }

  /** One with columns and nothing else; the {@code with} methods add to it. */
  public static Aggregate of(
      String table, String kind, String prefix, Tenancy tenancy, String... columns) {
    var all = new ArrayList<String>();
    if (tenancy == Tenancy.TENANT || tenancy == Tenancy.OPTIONAL) {
      all.add("tenant_id");
    }
    all.addAll(List.of(columns));
    return new Aggregate(
        table, kind, prefix, tenancy, all, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  public Aggregate withHidden(String... names) {
    return new Aggregate(
        table, kind, prefix, tenancy, columns, List.of(names), derived, references, owned, users);
  }

  public Aggregate withDerived(String name, String sql) {
    return new Aggregate(
        table,
        kind,
        prefix,
        tenancy,
        columns,
        hidden,
        plus(derived, new Derived(name, sql)),
        references,
        owned,
        users);
  }

  /** A column that names a row of this table, of the same tenant. */
  public Aggregate referring(String column, String toTable) {
    return referring(new Reference(column, toTable, Tenancy.TENANT));
  }

  public Aggregate referring(Reference reference) {
    return new Aggregate(
        table,
        kind,
        prefix,
        tenancy,
        columns,
        hidden,
        derived,
        plus(references, reference),
        owned,
        users);
  }

  /** Rows of this table are deleted together with one of this. */
  public Aggregate owning(String otherTable, String column) {
    return new Aggregate(
        table,
        kind,
        prefix,
        tenancy,
        columns,
        hidden,
        derived,
        references,
        plus(owned, new Link(otherTable, column)),
        users);
  }

  /** While a row of that table names one of this, it is not deleted. */
  public Aggregate usedBy(String otherTable, String column) {
    return new Aggregate(
        table,
        kind,
        prefix,
        tenancy,
        columns,
        hidden,
        derived,
        references,
        owned,
        plus(users, new Link(otherTable, column)));
  }

  private static <T> List<T> plus(List<T> list, T element) {
    var longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }
}
