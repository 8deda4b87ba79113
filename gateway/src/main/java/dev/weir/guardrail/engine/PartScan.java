package dev.weir.guardrail.engine;

import dev.weir.guardrail.scan.Scanned;
import dev.weir.guardrail.text.InnerJson;
import dev.weir.guardrail.text.TextPart;

/**
 * One text of a document and what was found in it. Immutable.
 *
 * @param raw the text as its literal says it
 * @param text what was looked at: the same, or what its JSON says
 */
record PartScan(TextPart part, String raw, String text, Scanned scanned) {
  /** A text on which nothing was looked at yet. */
  static PartScan of(TextPart part) {
    var raw = part.text();
    var text = switch (part.writing()) {
      case STRING -> raw;
      case JSON_IN_STRING -> InnerJson.read(raw, false).text();
    };
    return new PartScan(part, raw, text, Scanned.NOTHING);
  }

  PartScan with(Scanned found) {
    return new PartScan(part, raw, text, scanned.and(found));
  }
}
