package dev.weir.store;

/**
 * A row with the secret that was made for it, which is given out this once.
 *
 * @param secret a key or a token
 */
public record Issued(Row row, String secret) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "Issued[" + row.id() + "]";
  }
}
