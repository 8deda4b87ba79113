package dev.weir.bench.run;

import dev.weir.bench.service.ServiceDefinition;
import java.time.Duration;
import java.util.List;

/**
 * What a run does. Immutable.
 *
 * @param services in their order on the way there; a baseline may be twice in it, under two names
 * @param rounds starts of each service
 * @param block length of one measurement
 * @param settle load before each measurement
 * @param firstWarmUp the most load on each gateway after its start, for compilers that learn
 * @param warmUp load on each gateway before each scenario
 * @param calm waited before memory is read
 * @param idleStreams held open at the end of each round to see their memory; 0: none
 */
public record Plan(
    List<ServiceDefinition> services,
    List<Scenario> scenarios,
    int rounds,
    Duration block,
    Duration settle,
    Duration firstWarmUp,
    Duration warmUp,
    int idleStreams,
    Duration calm,
    Neighbours neighbours) {

  /** What is thought of other programs that run on the machine meanwhile. */
  public enum Neighbours {
    /** They make a block void. */
    REFUSED,
    /** They are written down: for a machine that cannot be had alone, where only ratios of CPU time mean something. */
    TOLERATED
  }
}
