package dev.weir.guardrail.engine;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.Detector.Reading;
import dev.weir.guardrail.Role;
import dev.weir.guardrail.profile.Step;
import dev.weir.guardrail.scan.Hit;
import dev.weir.guardrail.scan.Scanned;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a user said in several messages as one text, for what was cut into pieces that say nothing alone. Not
 * thread-safe: one request.
 */
final class SplitTexts {
  /** The guardrail whose finds lie in what is said over several messages. */
  private static final String INJECTION = "injection";

  /** How many of the last texts are joined. */
  private static final int LAST = 8;

  /** How much of each text's ends is joined, in UTF-16 units, for things that lie across a cut. */
  private static final int EDGE = 96;

  /** The longest text that is judged as a whole. */
  private static final int LONGEST = 8192;

  private final List<PartScan> parts;
  private final FanOut looks;

  SplitTexts(List<PartScan> parts, FanOut looks) {
    this.parts = parts;
    this.looks = looks;
  }

  /** Adds to the texts what is found only in all of them together. */
  void look(List<Step> steps) {
    var said = new ArrayList<Integer>();
    for (int i = parts.size() - 1; i >= 0 && said.size() < LAST; i--) {
      if (parts.get(i).part().role() == Role.USER && parts.get(i).part().spoken()) {
        said.addFirst(i);
      }
    }
    if (said.size() < 2 || steps.isEmpty()) {
      return;
    }
    asOne(
        said,
        steps.stream()
            .filter(step ->
                step.detector().reading() == Reading.WINDOW && step.groups().contains(INJECTION))
            .toList());
    var spans = steps.stream()
        .filter(step -> step.detector().reading() == Reading.SPANS)
        .toList();
    acrossCuts(said, spans, "");
    acrossCuts(said, spans, " ");
  }

  private void asOne(List<Integer> said, List<Step> steps) {
    var text = new StringBuilder();
    for (int i : said) {
      text.append(parts.get(i).text()).append('\n');
    }
    var joined =
        text.length() > LONGEST ? text.substring(text.length() - LONGEST) : text.toString();
    var found = looks.look(joined, steps, FanOut.Way.HERE);
    int last = said.getLast();
    int length = parts.get(last).text().length();
    for (var hit : found.hits()) {
      if (hit.finding().guardrail().startsWith(INJECTION)) {
        add(last, hit.over(0, length));
      }
    }
  }

  /** A piece of the joined text: where it starts there, and where in its own. */
  private record Piece(int part, int at, int from, int length) {}

  private void acrossCuts(List<Integer> said, List<Step> steps, String between) {
    if (steps.isEmpty()) {
      return;
    }
    var joined = new StringBuilder();
    var pieces = new ArrayList<Piece>();
    for (int i : said) {
      var text = parts.get(i).text();
      if (text.length() <= 2 * EDGE) {
        piece(joined, pieces, i, 0, text.length());
      } else {
        piece(joined, pieces, i, 0, EDGE);
        joined.append("\n\n");
        piece(joined, pieces, i, text.length() - EDGE, text.length());
      }
      joined.append(between);
    }
    for (var hit : looks.look(joined.toString(), steps, FanOut.Way.HERE).hits()) {
      share(hit, pieces);
    }
  }

  private void piece(StringBuilder joined, List<Piece> pieces, int part, int from, int to) {
    pieces.add(new Piece(part, joined.length(), from, to - from));
    joined.append(parts.get(part).text(), from, to);
  }

  /** Gives each text its share of a find that lies in more than one. */
  private void share(Hit hit, List<Piece> pieces) {
    var shares = pieces.stream()
        .filter(piece -> hit.start() < piece.at() + piece.length() && piece.at() < hit.end())
        .toList();
    if (shares.stream().map(Piece::part).distinct().count() < 2 || hit.action() == Action.OFF) {
      return;
    }
    if (shares.stream().anyMatch(piece -> foundAlone(share(hit, piece), piece))) {
      // it stands in one message, and what comes before or after it only happens to fit
      return;
    }
    for (var piece : shares) {
      add(piece.part(), share(hit, piece));
    }
  }

  private static Hit share(Hit hit, Piece piece) {
    int start = Math.max(0, hit.start() - piece.at());
    int end = Math.min(piece.length(), hit.end() - piece.at());
    return hit.over(piece.from() + start, piece.from() + end);
  }

  private boolean foundAlone(Hit share, Piece piece) {
    return parts.get(piece.part()).scanned().hits().stream()
        .anyMatch(own -> own.isSpan() && own.start() < share.end() && share.start() < own.end());
  }

  private void add(int part, Hit hit) {
    parts.set(part, parts.get(part).with(new Scanned(List.of(hit), List.of())));
  }
}
