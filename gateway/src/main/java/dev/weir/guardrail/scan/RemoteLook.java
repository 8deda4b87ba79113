package dev.weir.guardrail.scan;

import dev.weir.guardrail.Finding;
import dev.weir.guardrail.RemoteDetector;
import dev.weir.guardrail.RemoteDetector.Text;
import dev.weir.guardrail.profile.Step;
import dev.weir.protocol.Deadline;
import dev.weir.telemetry.GuardrailTrace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjIntConsumer;

/**
 * Asks services outside of the process about the texts of one document: each service once, about all that concern it, on a
 * virtual thread of its own while the caller reads on. Not thread-safe: one document.
 */
public final class RemoteLook {
  private final Deadline deadline;
  private final GuardrailTrace trace;
  private final Map<RemoteDetector, Question> questions = new LinkedHashMap<>();

  /** A text, the caller's number for it, and the step that wants it read. */
  private record Asked(int place, Text text, Step step) {}

  private record Found(int asked, Finding finding) {}

  /** What one service is asked. */
  private static final class Question {
    private final List<Asked> texts = new ArrayList<>();
    private Deadline limit;
    private FutureTask<List<Found>> answer = new FutureTask<>(List::of);

    Question(Deadline limit) {
      this.limit = limit;
    }
  }

  /** @param deadline by which all answers must be there */
  public RemoteLook(Deadline deadline, GuardrailTrace trace) {
    this.deadline = deadline;
    this.trace = trace;
  }

  /** Has a text asked about; before {@link #start}. */
  public void add(int place, Text text, List<Step> steps) {
    if (text.text().isEmpty()) {
      return;
    }
    for (var step : steps) {
      if (step.detector() instanceof RemoteDetector service) {
        var question = questions.computeIfAbsent(service, _ -> new Question(deadline));
        question.texts.add(new Asked(place, text, step));
        question.limit = step.deadline(question.limit);
      }
    }
  }

  /** Asks. */
  public RemoteLook start() {
    questions.forEach((service, question) -> {
      question.answer = new FutureTask<>(() -> ask(service, question));
      Thread.ofVirtual().name("weir-guardrail").start(question.answer);
    });
    return this;
  }

  private List<Found> ask(RemoteDetector service, Question question) {
    long start = System.nanoTime();
    var found = new ArrayList<Found>();
    try {
      service.ask(
          question.texts.stream().map(Asked::text).toList(),
          question.limit,
          (finding, place) -> found.add(new Found(place, finding)));
      return found;
    } finally {
      question
          .texts
          .getFirst()
          .step()
          .groups()
          .forEach(group -> trace.spent(group, System.nanoTime() - start));
    }
  }

  /** Waits for all answers, and hands on what there is to say of each text. */
  public void await(ObjIntConsumer<Scanned> found) {
    for (var question : questions.values()) {
      try {
        var answer = question.answer.get(Math.max(0, question.limit.left()), TimeUnit.NANOSECONDS);
        for (var one : answer) {
          hit(question.texts.get(one.asked()), one.finding(), found);
        }
        continue;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (TimeoutException | ExecutionException _) {
        // told below
      }
      question.answer.cancel(true);
      unchecked(question, found);
    }
  }

  private static void hit(Asked asked, Finding finding, ObjIntConsumer<Scanned> found) {
    var clause = asked.step().judge(finding, asked.text().text());
    if (clause != null) {
      var hit = new Hit(finding, clause, asked.step().detector().reading());
      found.accept(new Scanned(List.of(hit), List.of()), asked.place());
    }
  }

  /** A service that says nothing is missing once for each step, not for each text. */
  private static void unchecked(Question question, ObjIntConsumer<Scanned> found) {
    var told = new HashSet<Step>();
    for (var asked : question.texts) {
      if (told.add(asked.step())) {
        found.accept(new Scanned(List.of(), List.of(asked.step())), asked.place());
      }
    }
  }
}
