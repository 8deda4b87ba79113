package dev.weir.store;

/** The database cannot be used as it is; the message is for the operator and says what to do. */
public sealed class StoreFailure extends RuntimeException permits StoreFailure.Unreachable {
  private static final long serialVersionUID = 1L;

  public StoreFailure(String message) {
    super(message);
  }

  public StoreFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** No server answers, or it is still starting: waiting may help. */
  public static final class Unreachable extends StoreFailure {
    private static final long serialVersionUID = 1L;

    Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
