package dev.weir.guardrail.stream;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.RemoteDetector.Text;
import dev.weir.guardrail.Role;
import dev.weir.guardrail.profile.Step;
import dev.weir.guardrail.scan.Checkpoints;
import dev.weir.guardrail.scan.Hit;
import dev.weir.guardrail.scan.Overlaps;
import dev.weir.guardrail.scan.RemoteLook;
import dev.weir.guardrail.scan.Scan;
import dev.weir.guardrail.scan.Scanned;
import dev.weir.guardrail.text.TextEdit;
import dev.weir.protocol.GatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One text that is still being written: says how much of it may go on, and with which parts replaced. What goes on, put
 * together, is the redaction of the whole text, however it was cut. Not thread-safe.
 *
 * <p>Offsets count from the start of the text, in UTF-16 units; only its end is kept.
 */
final class TextStream {
  /** Most of a text that is held back: beyond it the oldest part goes on as far as it was found clean. */
  static final int MOST_HELD = 20 << 10;

  /** What is held back is looked at again once this part of it is new: so a long wait costs no more than its length. */
  private static final int LOOK_AGAIN = 16;

  /** How much of what has gone on is read again as context. */
  private static final int CONTEXT = 256;

  /** How much of what has gone on is kept, for windows. */
  private static final int KEPT = Checkpoints.WINDOW + Checkpoints.MOST;

  /** The largest answer that is judged as a whole. */
  private static final int MOST_WHOLE = 1 << 20;

  private final StreamChecks checks;
  private final String pointer;
  private final StringBuilder text = new StringBuilder();
  private final Checkpoints checkpoints = new Checkpoints();
  /** Where {@link #text} begins. */
  private int base;

  private int emitted;

  /** How long the text was when it was looked at last. */
  private int looked;

  private int judged;

  /** What can only be read when the text is complete; nothing once it is too large for that. */
  private List<Step> wholes;

  private List<Step> remotes;
  private boolean holdsAll;
  private @Nullable GatewayException stop;

  /** What a text is to its answer. */
  enum Way {
    /** What is said: also judged as a whole. */
    SPOKEN,
    /** Arguments, reasoning and the like. */
    BESIDE
  }

  /**
   * What may go on now: the text from {@code from} to {@code to} with these edits, whose offsets count from {@code from}.
   */
  record Emission(int from, int to, List<TextEdit> edits) {}

  TextStream(StreamChecks checks, String pointer, Way way) {
    this.checks = checks;
    this.pointer = pointer;
    this.wholes = way == Way.SPOKEN ? checks.wholes() : List.of();
    this.remotes = checks.remotes();
    this.holdsAll = StreamChecks.acts(wholes) || StreamChecks.acts(remotes);
  }

  /** Why the stream must stop; empty while it may go on. */
  Optional<GatewayException> stop() {
    return Optional.ofNullable(stop);
  }

  /** Takes the next piece. */
  Emission push(String more) {
    if (stop != null) {
      return nothing();
    }
    text.append(more);
    int limit = judge();
    boolean refused = length() > MOST_WHOLE && tooLarge();
    if (refused || holdsAll) {
      return nothing();
    }
    if (stop == null && limit - looked < (looked - emitted) / LOOK_AGAIN) {
      return nothing();
    }
    looked = limit;
    return emit(limit, settled(limit), List.of());
  }

  /** The text is complete. */
  Emission end() {
    if (stop != null) {
      return nothing();
    }
    if (checkpoints.open()) {
      window(length());
    }
    var asked = asked();
    if (!wholes.isEmpty()) {
      judge(Scan.of(text.toString(), wholes, checks.deadline(), checks.trace()), base);
    }
    var late = answers(asked);
    return stop == null ? emit(length(), length(), late) : nothing();
  }

  /** Asks the services about the whole text. */
  private RemoteLook asked() {
    var look = new RemoteLook(checks.deadline(), checks.trace());
    look.add(0, new Text(text.toString(), Direction.OUTPUT, Role.ASSISTANT), remotes);
    return look.start();
  }

  /** What the services found, in so far as it can still be acted on. */
  private List<Hit> answers(RemoteLook asked) {
    var found = new ArrayList<Hit>();
    asked.await((scanned, _) -> {
      found.addAll(scanned.hits());
      unchecked(scanned);
    });
    if (!holdsAll) {
      found.forEach(hit -> checks.record(hit, pointer));
      return List.of();
    }
    return found;
  }

  /** Gives up on reading the whole; true when the text must not go on for that. */
  private boolean tooLarge() {
    var clauses = Stream.of(wholes, remotes)
        .flatMap(List::stream)
        .flatMap(step -> step.clauses().values().stream())
        .flatMap(List::stream)
        .toList();
    wholes = List.of();
    remotes = List.of();
    holdsAll = false;
    var refusal = checks.records().uninspected(clauses, "it is too large");
    stop = refusal.orElse(stop);
    return refusal.isPresent();
  }

  private int length() {
    return base + text.length();
  }

  private Emission nothing() {
    return new Emission(emitted, emitted, List.of());
  }

  /** Judges the text at the checkpoints that it has reached; gives back how far it may be read on. */
  private int judge() {
    int length = length();
    if (checks.windows().isEmpty()) {
      judged = length;
      return length;
    }
    while (judged < length) {
      char c = text.charAt(judged++ - base);
      if (checkpoints.after(c) && window(judged)) {
        return judged;
      }
    }
    return length;
  }

  private boolean window(int end) {
    if (checks.windows().isEmpty()) {
      return false;
    }
    int start = Math.max(base, end - Checkpoints.WINDOW);
    var piece = text.substring(start - base, end - base);
    return judge(Scan.of(piece, checks.windows(), checks.deadline(), checks.trace()), start);
  }

  /** Records what a judgement of the whole gave; true when the stream must stop. */
  private boolean judge(Scanned found, int start) {
    for (var hit : found.hits()) {
      checks.record(hit.over(start + hit.start(), start + hit.end()), pointer);
      if (hit.action() == Action.BLOCK && stop == null) {
        stop = checks.records().blocked(hit);
      }
    }
    unchecked(found);
    return stop != null;
  }

  private void unchecked(Scanned found) {
    if (stop == null && !found.unchecked().isEmpty()) {
      stop = checks.records().unchecked(found.unchecked()).orElse(null);
    }
  }

  /** The offset before which nothing can change any more. */
  private int settled(int limit) {
    if (checks.spans().isEmpty()) {
      return limit;
    }
    int start = contextStart();
    var piece = NormalizedText.of(text.substring(start - base, limit - base));
    int settled = limit;
    for (var step : checks.spans()) {
      settled = Math.min(settled, start + step.detector().stableUntil(piece, step.wanted()));
    }
    return limit - emitted > MOST_HELD ? Math.max(settled, limit - CONTEXT) : settled;
  }

  /** Where reading begins: some context before what has not gone on yet, at the start of a word. */
  private int contextStart() {
    int start = Math.max(base, emitted - CONTEXT);
    if (start == base) {
      return start;
    }
    for (int i = start; i < emitted; i++) {
      if (Character.isWhitespace(text.charAt(i - base))) {
        return i;
      }
    }
    return start;
  }

  /** @param late what was found by others in the text, all of which is still held */
  private Emission emit(int limit, int settled, List<Hit> late) {
    int to = whole(Math.max(emitted, Math.min(settled, limit)));
    if (to == emitted) {
      return nothing();
    }
    var hits = checks.spans().isEmpty() && late.isEmpty() ? late : spans(limit, late);
    for (int i = 0; i < hits.size(); i++) {
      var hit = hits.get(i);
      if (hit.start() < to && hit.end() > to) {
        if (limit - emitted > MOST_HELD) {
          // too long to wait for: what has come of it goes as if it were all
          hits = new ArrayList<>(hits);
          hits.set(i, hit.over(hit.start(), to));
        } else {
          // what reaches into the part that may still change waits as a whole
          to = hit.start();
        }
      }
    }
    return release(to, hits);
  }

  private List<Hit> spans(int limit, List<Hit> late) {
    int start = contextStart();
    var found = Scan.of(
        text.substring(start - base, limit - base),
        checks.spans(),
        checks.deadline(),
        checks.trace());
    unchecked(found);
    if (found.hits().isEmpty() && late.isEmpty()) {
      return late;
    }
    var open = new ArrayList<>(late);
    for (var hit : found.hits()) {
      int end = start + hit.end();
      if (end > emitted) {
        open.add(hit.over(Math.max(emitted, start + hit.start()), end));
      }
    }
    return Overlaps.resolve(open);
  }

  private Emission release(int to, List<Hit> hits) {
    int from = emitted;
    var edits = new ArrayList<TextEdit>();
    for (var hit : hits) {
      if (hit.start() >= to || stop != null) {
        continue;
      }
      checks.record(hit, pointer);
      if (hit.action() == Action.BLOCK) {
        stop = checks.records().blocked(hit);
        to = hit.start();
      } else if (hit.action() == Action.REDACT) {
        var value = text.substring(hit.start() - base, hit.end() - base);
        edits.add(new TextEdit(
            hit.start() - from, hit.end() - from, checks.replacements().of(hit, value)));
      }
    }
    emitted = to;
    return new Emission(from, to, edits);
  }

  /** Forgets what is no longer needed; to be called once an emission was used. */
  void trim() {
    boolean all = !wholes.isEmpty() || !remotes.isEmpty();
    int cut = Math.min(emitted, length() - KEPT) - base;
    if (!all && cut > 4 * KEPT) {
      text.delete(0, cut);
      base += cut;
    }
  }

  /** Never between the halves of a character. */
  private int whole(int to) {
    return to > base && to < length() && Character.isHighSurrogate(text.charAt(to - 1 - base))
        ? to - 1
        : to;
  }
}
