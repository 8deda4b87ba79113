package dev.weir.usage;

import dev.weir.protocol.GatewayException;
import dev.weir.telemetry.RequestObserver;
import dev.weir.telemetry.RequestTrace;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says what an answer cost, for the observers that come after: metrics, log and decision record. Safe for many threads. */
public record AnswerCost(Supplier<PriceList> prices, Clock clock) implements RequestObserver {
  @Override
  public void started(RequestTrace trace) {}

  @Override
  public void completed(RequestTrace trace, int status, @Nullable GatewayException failure) {
    var provider = trace.provider;
    var model = trace.model;
    if (provider != null && model != null && trace.usage.known()) {
      trace.costNanos = prices
          .get()
          .find(provider, model)
          .flatMap(all -> all.at(clock.instant()))
          .map(price -> price.cost(trace.usage).orElse(-1))
          .orElse(-1L);
    }
  }
}
