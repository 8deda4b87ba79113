package dev.weir.protocol;

/**
 * A document of an operator (a profile's rules, a policy's strategy) does not say what it must. The message is for that
 * operator: what was expected, in one sentence. Carries no stack trace: it is an answer, not a defect.
 */
public final class InvalidDocument extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * @param path the field at fault from the document's root: {@code rules[2].action}
   * @param expected one sentence that ends in a full stop
   */
  public InvalidDocument(String path, String expected) {
    super(expected, null, false, false);
    this.path = path;
  }

  public String path() {
    return path;
  }
}
