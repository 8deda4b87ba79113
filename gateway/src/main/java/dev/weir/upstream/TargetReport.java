package dev.weir.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How one target is doing, for operators. Immutable.
 *
 * @param model as asked for; a client's own word where the provider has no list of models
 * @param latency peak-sensitive average to the first event; zero while unknown
 * @param credentials one entry each, in the order of use
 */
public record TargetReport(
    String provider,
    String model,
    Listing listing,
    int inFlight,
    Duration latency,
    List<CredentialReport> credentials) {
  /** Whether the provider's list names the model. */
  public enum Listing {
    LISTED,
    ANY
  }

  /**
   * One credential's circuit.
   *
   * @param circuit closed, cooling, open or probing
   * @param opensIn until an attempt may be sent again; zero when now
   */
  public record CredentialReport(String credential, String circuit, Duration opensIn) {}

  /** The catalogue's id. */
  public String id() {
    return provider + "/" + model;
  }

  static TargetReport of(TargetState state, long now) {
    var target = state.target();
    return new TargetReport(
        target.provider().name(),
        target.model(),
        target.provider().models().contains(target.model()) ? Listing.LISTED : Listing.ANY,
        state.inFlight(),
        Duration.ofNanos(state.latency().average()),
        state.lanes().stream()
            .map(lane -> new CredentialReport(
                lane.credential(),
                lane.circuit().state(now).name().toLowerCase(Locale.ROOT),
                Duration.ofNanos(lane.circuit().opensIn(now))))
            .toList());
  }
}
