package dev.weir.upstream;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Reply;
import dev.weir.routing.AttemptRules;
import dev.weir.telemetry.RequestTrace;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One request to one provider that is under way: an attempt, and once more on a new connection when a kept one turned out to
 * be gone before a byte of an answer, which is no failure of the provider. Safe for the page and the event loop.
 */
final class Call {
  private final CompletableFuture<Reply> committed = new CompletableFuture<>();
  private volatile @Nullable Attempt current;
  private volatile boolean cancelled;

  /** One that was never under way. */
  static Call failed(GatewayException failure) {
    var call = new Call();
    call.committed.completeExceptionally(failure);
    return call;
  }

  /** Done with the reply once it is sure that there is one; with the failure otherwise. */
  CompletableFuture<Reply> committed() {
    return committed;
  }

  /** Watches an attempt; one that failed and is worth it is repeated by this. */
  void watch(Attempt attempt, Predicate<Attempt> worth, Runnable repeat) {
    current = attempt;
    var _ = attempt.committed().whenComplete((reply, failure) -> {
      if (failure == null) {
        committed.complete(reply);
      } else if (!cancelled && worth.test(attempt)) {
        repeat.run();
      } else {
        committed.completeExceptionally(failure);
      }
    });
    if (cancelled) {
      attempt.cancel();
    }
  }

  /** Has it failed with this. */
  void fail(GatewayException failure) {
    committed.completeExceptionally(failure);
  }

  /** Ends it now, whatever it is doing; a reply that nobody took is closed. */
  void cancel() {
    cancelled = true;
    var attempt = current;
    if (attempt != null) {
      attempt.cancel();
    }
  }

  /** Hands what is read of the answer to the trace of the request that took it. */
  void claim(RequestTrace trace) {
    var attempt = current;
    if (attempt != null) {
      attempt.claim(trace);
    }
  }

  /** Why the provider refused the request itself, when another model may take it; asked after the failure. */
  Optional<AttemptRules.Refusal> refusal() {
    var attempt = current;
    return attempt == null ? Optional.empty() : attempt.refusal();
  }
}
