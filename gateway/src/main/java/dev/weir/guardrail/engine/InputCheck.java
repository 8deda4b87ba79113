package dev.weir.guardrail.engine;

import dev.weir.guardrail.Detector.Reading;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.RemoteDetector.Text;
import dev.weir.guardrail.Role;
import dev.weir.guardrail.profile.Clause;
import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.guardrail.profile.Step;
import dev.weir.guardrail.scan.Hit;
import dev.weir.guardrail.scan.Overlaps;
import dev.weir.guardrail.scan.RemoteLook;
import dev.weir.guardrail.scan.Replacements;
import dev.weir.guardrail.text.DocumentTexts;
import dev.weir.guardrail.text.Pointers;
import dev.weir.guardrail.text.TextPart;
import dev.weir.protocol.Deadline;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.json.JsonValue;
import dev.weir.telemetry.RequestTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at all texts of one request, and takes out of it what must not go on. Not thread-safe: one request. */
final class InputCheck {
  /** From this sum on texts are looked at by threads of their own. */
  private static final long FAN_OUT_BYTES = 64 << 10;

  private final Guardrails.Settings settings;
  private final GuardrailChain chain;
  private final RequestTrace trace;
  private final Replacements replacements;
  private final Recorder recorder;

  InputCheck(
      Guardrails.Settings settings,
      GuardrailChain chain,
      RequestTrace trace,
      Replacements replacements) {
    this.settings = settings;
    this.chain = chain;
    this.trace = trace;
    this.replacements = replacements;
    this.recorder = new Recorder(trace.guardrails(), Direction.INPUT);
  }

  ModelRequest check(ModelRequest request) {
    var texts = DocumentTexts.of(request);
    if (texts.opaque()) {
      refuse(recorder.uninspected(clauses(), "tokens can only be read by the model"));
    }
    long bytes = texts.parts().stream().mapToLong(TextPart::bytes).sum();
    if (bytes > settings.mostBytes()) {
      refuse(recorder.uninspected(clauses(), "its texts are too large"));
      return request;
    }
    var deadline = Deadline.in(settings.budget());
    var looks = new FanOut(deadline, trace.guardrails());
    var scans = scans(texts.parts());
    var asked = asked(scans, deadline);
    var way = bytes > FAN_OUT_BYTES ? FanOut.Way.APART : FanOut.Way.HERE;
    scans.replaceAll(scan -> scan.with(looks.look(scan.text(), steps(scan.part()), way)));
    if (request.operation() != Operation.EMBEDDINGS) {
      new SplitTexts(scans, looks).look(chain.input(Role.USER));
    }
    asked.await((found, place) -> scans.set(place, scans.get(place).with(found)));
    return act(scans, request);
  }

  private List<Clause> clauses() {
    return chain.clauses(Direction.INPUT).toList();
  }

  private static void refuse(Optional<GatewayException> refusal) {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private List<PartScan> scans(List<TextPart> parts) {
    var scans = new ArrayList<PartScan>(parts.size());
    for (var part : parts) {
      if (!steps(part).isEmpty() || !chain.remoteInput(part.role()).isEmpty()) {
        scans.add(PartScan.of(part));
      }
    }
    return scans;
  }

  private RemoteLook asked(List<PartScan> scans, Deadline deadline) {
    var look = new RemoteLook(deadline, trace.guardrails());
    for (int i = 0; i < scans.size(); i++) {
      var role = scans.get(i).part().role();
      look.add(i, new Text(scans.get(i).text(), Direction.INPUT, role), chain.remoteInput(role));
    }
    return look.start();
  }

  /** What judges a text as a whole is for what is said, not for names and definitions. */
  private List<Step> steps(TextPart part) {
    var steps = chain.input(part.role());
    if (part.spoken() || steps.stream().noneMatch(InputCheck::judgesWholes)) {
      return steps;
    }
    return steps.stream().filter(step -> !judgesWholes(step)).toList();
  }

  private static boolean judgesWholes(Step step) {
    return step.detector().reading() == Reading.WHOLE;
  }

  private ModelRequest act(List<PartScan> scans, ModelRequest request) {
    var edits = new DocumentEdits(request.document().document(), replacements);
    Optional<Hit> block = Optional.empty();
    Optional<GatewayException> unchecked = Optional.empty();
    for (var scan : scans) {
      if (scan.scanned().isEmpty()) {
        continue;
      }
      unchecked = unchecked.or(() -> recorder.unchecked(scan.scanned().unchecked()));
      var hits = Overlaps.resolve(scan.scanned().hits());
      var pointer = hits.isEmpty() ? "" : pointer(request, scan);
      hits.forEach(hit -> recorder.hit(hit, pointer));
      block = block.or(() -> Recorder.block(hits));
      edits.edit(scan, hits, DocumentEdits.Restore.NOTHING);
    }
    if (block.isPresent()) {
      throw Refusals.of(block.get(), recorder, request);
    }
    refuse(unchecked);
    return edits.changed() ? request.with(edits.apply()) : request;
  }

  private static String pointer(ModelRequest request, PartScan scan) {
    var document = request.document();
    var whole = new JsonValue(document.document(), document.start(), document.document().length);
    return Pointers.of(whole, scan.part().literal().start());
  }
}
