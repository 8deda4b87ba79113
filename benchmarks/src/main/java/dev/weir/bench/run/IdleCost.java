package dev.weir.bench.run;

import dev.weir.bench.host.ProcFiles;
import dev.weir.bench.load.HeldStreams;
import dev.weir.bench.service.RunningService;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * What open streams cost that nothing flows through. Immutable.
 *
 * @param streams held open at once
 * @param kibPerStream growth of the service's resident memory; memory that it had free before is not seen, so many streams
 *     tell more than few
 */
public record IdleCost(int round, String service, int streams, double kibPerStream) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static IdleCost measure(int round, RunningService service, int streams, Duration calm)
      throws IOException, InterruptedException {
    long before = ProcFiles.residentKib(service.pid());
    var request = service.ask("mock-hold", 500, RunningService.Answer.STREAMED);
    try (var held = HeldStreams.open(request, streams, PATIENCE)) {
      Thread.sleep(calm);
      long grown = ProcFiles.residentKib(service.pid()) - before;
      return new IdleCost(round, service.name(), held.count(), (double) grown / streams);
    }
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "  round %d idle       %-10s %d streams held: %.1f KiB each",
        round,
        service,
        streams,
        kibPerStream);
  }
}
