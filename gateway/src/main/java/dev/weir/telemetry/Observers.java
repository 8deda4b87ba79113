package dev.weir.telemetry;

import dev.weir.protocol.GatewayException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several observers as one, told in order. Immutable. */
public record Observers(List<RequestObserver> all) implements RequestObserver {
  /** Nobody listens. */
  public static final Observers NONE = new Observers(List.of());

  public Observers {
    all = List.copyOf(all);
  }

  @Override
  public void started(RequestTrace trace) {
    all.forEach(observer -> observer.started(trace));
  }

  @Override
  public void completed(RequestTrace trace, int status, @Nullable GatewayException failure) {
    all.forEach(observer -> observer.completed(trace, status, failure));
  }
}
