package dev.weir.store;

/** A declared object cannot be made; the message is for the operator. */
public final class DeclarationRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * @param path of the value at fault in the file; empty: of none
   */
  public DeclarationRefused(String path, String what) {
    super(what);
    this.path = path;
  }

  public String path() {
    return path;
  }
}
