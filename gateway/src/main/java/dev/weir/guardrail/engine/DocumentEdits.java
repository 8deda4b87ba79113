package dev.weir.guardrail.engine;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.scan.Hit;
import dev.weir.guardrail.scan.Replacements;
import dev.weir.guardrail.text.InnerEdits;
import dev.weir.guardrail.text.InnerJson;
import dev.weir.guardrail.text.LiteralEdits;
import dev.weir.guardrail.text.TextEdit;
import dev.weir.guardrail.text.TextPart.Writing;
import dev.weir.protocol.json.JsonSplice;
import dev.weir.protocol.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes finds out of a document, every other byte of which stays as it was. Not thread-safe: one document. */
final class DocumentEdits {
  private final JsonSplice splice;
  private final Replacements replacements;
  private boolean changed;

  DocumentEdits(byte[] document, Replacements replacements) {
    this.splice = JsonSplice.of(document);
    this.replacements = replacements;
  }

  /** Takes the finds out of one text, and turns names in it back into what they stand for. */
  void edit(PartScan scan, List<Hit> hits, Restore restore) {
    var edits = new ArrayList<TextEdit>();
    for (var hit : hits) {
      if (hit.isSpan() && hit.action() == Action.REDACT) {
        var value = scan.text().substring(hit.start(), hit.end());
        edits.add(new TextEdit(hit.start(), hit.end(), replacements.of(hit, value)));
      }
    }
    if (restore == Restore.NAMES) {
      PlaceholderNames.restore(scan.text(), replacements.reversible(), edits);
    }
    if (edits.isEmpty()) {
      return;
    }
    changed = true;
    if (scan.part().writing() == Writing.STRING) {
      LiteralEdits.add(scan.part().literal(), edits, splice);
    } else {
      var inner = InnerJson.read(scan.raw(), false);
      LiteralEdits.add(
          scan.part().literal(), InnerEdits.of(scan.raw(), inner, false, edits), splice);
    }
  }

  /** Whether names in a text are turned back. */
  enum Restore {
    NAMES,
    NOTHING
  }

  /** Puts nothing in the place of a value that tells what was taken out. */
  void forget(JsonValue value) {
    var nothing = value.is(JsonValue.Type.ARRAY) ? "[]" : "null";
    splice.replace(value.start(), value.end(), nothing.getBytes(StandardCharsets.US_ASCII));
  }

  boolean changed() {
    return changed;
  }

  byte[] apply() {
    return splice.apply();
  }
}
