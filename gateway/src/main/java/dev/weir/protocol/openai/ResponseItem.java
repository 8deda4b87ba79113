package dev.weir.protocol.openai;

/** One item of a response's output while it grows. Not thread-safe. */
sealed interface ResponseItem permits ResponseMessage, ResponseThought, ResponseCall {
  /**
   * Ends it, and says so.
   *
   * @param status completed, or incomplete where the answer was cut in it
   * @return the whole item
   */
  byte[] close(String status);
}
