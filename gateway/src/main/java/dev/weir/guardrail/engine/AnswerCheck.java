package dev.weir.guardrail.engine;

import dev.weir.guardrail.Detector.Reading;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.RemoteDetector.Text;
import dev.weir.guardrail.Role;
import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.guardrail.profile.Step;
import dev.weir.guardrail.scan.Checkpoints;
import dev.weir.guardrail.scan.Hit;
import dev.weir.guardrail.scan.Overlaps;
import dev.weir.guardrail.scan.RemoteLook;
import dev.weir.guardrail.scan.Replacements;
import dev.weir.guardrail.scan.Scanned;
import dev.weir.guardrail.text.DocumentTexts;
import dev.weir.guardrail.text.Pointers;
import dev.weir.protocol.Deadline;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Reply;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import dev.weir.telemetry.GuardrailTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a whole answer as a stream of it would be looked at, so that both end in the same verdict. Not thread-safe. */
final class AnswerCheck {
  private final List<Step> spans;
  private final List<Step> windows;
  private final List<Step> wholes;
  private final List<Step> remotes;
  private final Deadline deadline;
  private final GuardrailTrace trace;
  private final Replacements replacements;
  private final Recorder recorder;
  private final FanOut looks;

  AnswerCheck(
      GuardrailChain chain, GuardrailTrace trace, Replacements replacements, Deadline deadline) {
    this.spans = reading(chain, Reading.SPANS);
    this.windows = reading(chain, Reading.WINDOW);
    this.wholes = reading(chain, Reading.WHOLE);
    this.remotes = chain.remoteOutput();
    this.deadline = deadline;
    this.trace = trace;
    this.replacements = replacements;
    this.recorder = new Recorder(trace, Direction.OUTPUT);
    this.looks = new FanOut(deadline, trace);
  }

  private static List<Step> reading(GuardrailChain chain, Reading reading) {
    return chain.output().stream()
        .filter(step -> step.detector().reading() == reading)
        .toList();
  }

  Reply check(Reply.Whole reply, ModelRequest request) {
    var answer = JsonObject.read(reply.body());
    var texts = DocumentTexts.ofAnswer(answer);
    var edits = new DocumentEdits(reply.body(), replacements);
    Optional<Hit> block = Optional.empty();
    Optional<GatewayException> unchecked = Optional.empty();
    for (var scan : scans(texts)) {
      var notDone = scan.scanned().unchecked();
      unchecked = unchecked.or(() -> recorder.unchecked(notDone));
      var hits = Overlaps.resolve(scan.scanned().hits());
      record(answer, scan, hits);
      block = block.or(() -> Recorder.block(hits));
      edits.edit(scan, hits, DocumentEdits.Restore.NAMES);
    }
    if (block.isPresent()) {
      throw Refusals.of(block.get(), recorder, request);
    }
    if (unchecked.isPresent()) {
      throw unchecked.get();
    }
    if (!edits.changed()) {
      return reply;
    }
    // the likelihoods of tokens spell out what was taken out
    texts.likelihoods().forEach(edits::forget);
    return new Reply.Whole(reply.status(), reply.contentType(), reply.headers(), edits.apply());
  }

  private List<PartScan> scans(DocumentTexts texts) {
    var scans = new ArrayList<PartScan>();
    var asked = new RemoteLook(deadline, trace);
    for (var part : texts.parts()) {
      var scan = PartScan.of(part);
      asked.add(scans.size(), new Text(scan.text(), Direction.OUTPUT, Role.ASSISTANT), remotes);
      scans.add(scan);
    }
    asked.start();
    scans.replaceAll(scan -> scan.with(look(scan)));
    asked.await((found, place) -> scans.set(place, scans.get(place).with(found)));
    return scans;
  }

  private Scanned look(PartScan scan) {
    var text = scan.text();
    var found = looks.look(text, spans, FanOut.Way.HERE);
    if (!windows.isEmpty()) {
      var checkpoints = new Checkpoints();
      for (int i = 0; i < text.length(); i++) {
        if (checkpoints.after(text.charAt(i))) {
          found = found.and(window(text, i + 1));
        }
      }
      if (checkpoints.open()) {
        found = found.and(window(text, text.length()));
      }
    }
    return scan.part().spoken() ? found.and(looks.look(text, wholes, FanOut.Way.HERE)) : found;
  }

  private Scanned window(String text, int end) {
    int start = Math.max(0, end - Checkpoints.WINDOW);
    var found = looks.look(text.substring(start, end), windows, FanOut.Way.HERE);
    return found.hits().isEmpty()
        ? found
        : new Scanned(
            found.hits().stream().map(hit -> hit.over(start, end)).toList(), found.unchecked());
  }

  private void record(JsonObject answer, PartScan scan, List<Hit> hits) {
    if (!hits.isEmpty()) {
      var whole = new JsonValue(answer.document(), answer.start(), answer.document().length);
      var pointer = Pointers.of(whole, scan.part().literal().start());
      var told = new java.util.HashSet<String>();
      for (var hit : hits) {
        // windows overlap: one record tells of all that show the same
        if (hit.isSpan() || told.add(hit.finding().guardrail() + hit.action())) {
          recorder.hit(hit, pointer);
        }
      }
    }
  }
}
