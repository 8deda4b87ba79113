package dev.weir.identity;

/** Where keys are looked up when no cache has them: the seam to the store. Safe for many threads. */
@FunctionalInterface
public interface KeySource {
  /**
   * Everything about a key, in one statement.
   *
   * @throws Unavailable when the store cannot answer now
   */
  KeyAnswer find(String publicId);

  /** The store cannot answer now. */
  final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unavailable(Throwable cause) {
      super("the key store cannot answer", cause);
    }
  }
}
