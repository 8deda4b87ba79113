package dev.weir.store;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object of the configuration file, as its row is to be. Immutable by contract.
 *
 * @param path where the file says it: {@code resources.teams[2]}
 * @param fields every column that the file decides, with the value it is to have
 * @param names columns that refer to another row, by that row's name
 * @param credentials of a provider, in their order
 * @param prices of a model, the oldest first
 */
public record DeclaredRow(
    Aggregate aggregate,
    String path,
    ObjectNode fields,
    Map<String, String> names,
    List<String> credentials,
    List<Prices.Price> prices) {
  public DeclaredRow {
    names = Map.copyOf(names);
    credentials = List.copyOf(credentials);
    prices = List.copyOf(prices);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "DeclaredRow[" + path + "]";
  }
}
