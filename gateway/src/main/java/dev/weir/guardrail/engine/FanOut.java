package dev.weir.guardrail.engine;

import dev.weir.guardrail.profile.Step;
import dev.weir.guardrail.scan.Scan;
import dev.weir.guardrail.scan.Scanned;
import dev.weir.protocol.Deadline;
import dev.weir.telemetry.GuardrailTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at one text by several steps: on the calling thread while that is cheapest, else each step on a virtual thread of
 * its own, where none can keep the request waiting beyond its deadline.
 */
final class FanOut {
  private final Deadline deadline;
  private final GuardrailTrace trace;

  FanOut(Deadline deadline, GuardrailTrace trace) {
    this.deadline = deadline;
    this.trace = trace;
  }

  /** How the steps over a text are run. */
  enum Way {
    HERE,
    APART
  }

  Scanned look(String text, List<Step> steps, Way way) {
    if (steps.isEmpty() || text.isEmpty()) {
      return Scanned.NOTHING;
    }
    return way == Way.HERE ? Scan.of(text, steps, deadline, trace) : apart(text, steps);
  }

  private Scanned apart(String text, List<Step> steps) {
    var tasks = new ArrayList<FutureTask<Scanned>>();
    for (var step : steps) {
      var task = new FutureTask<>(() -> Scan.of(text, List.of(step), deadline, trace));
      Thread.ofVirtual().start(task);
      tasks.add(task);
    }
    var found = Scanned.NOTHING;
    for (int i = 0; i < tasks.size(); i++) {
      found = found.and(await(tasks.get(i), steps.get(i)));
    }
    return found;
  }

  private Scanned await(FutureTask<Scanned> task, Step step) {
    try {
      return task.get(Math.max(0, step.deadline(deadline).left()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException _) {
      task.cancel(true);
    } catch (InterruptedException _) {
      task.cancel(true);
      Thread.currentThread().interrupt();
    }
    return new Scanned(List.of(), List.of(step));
  }
}
