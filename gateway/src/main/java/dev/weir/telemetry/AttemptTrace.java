package dev.weir.telemetry;

/**
 * One attempt as the decision record shows it, or a target that was passed over. Immutable.
 *
 * @param number which of the request's attempts it was, from 1; 0 when it was passed over
 * @param credential the id of the provider's credential; empty for a provider inside the process
 * @param outcome {@code success}, {@code skipped}, {@code cancelled}, or the failure's code
 * @param why more about the outcome for operators, never for clients; may be empty
 * @param startNanos since the request began
 * @param tookNanos until it committed, failed or was cancelled
 */
public record AttemptTrace(
    int number,
    String provider,
    String model,
    String credential,
    String outcome,
    String why,
    long startNanos,
    long tookNanos) {
  public static final String SUCCESS = "success";
  public static final String SKIPPED = "skipped";
  public static final String CANCELLED = "cancelled";

  /** Whether it was sent. */
  public boolean sent() {
    return !outcome.equals(SKIPPED);
  }
}
