package dev.weir.guardrail.stream;

import dev.weir.guardrail.stream.TextStream.Emission;
import dev.weir.guardrail.stream.TextStream.Way;
import dev.weir.guardrail.text.InnerEdits;
import dev.weir.guardrail.text.InnerJson;
import dev.weir.guardrail.text.TextEdit;
import dev.weir.protocol.GatewayException;
import java.util.List;
import java.util.Optional;

/**
 * One text of a stream as its events carry it: takes what an event adds, and gives what may be sent in its place. Not
 * thread-safe.
 */
final class Channel {
  private final TextStream text;
  private final Writing writing;
  private final PlaceholderStream names;

  /** What has come and not gone on. */
  private final StringBuilder held = new StringBuilder();

  /** How much of {@link #held} the text has been told of. */
  private int told;

  private boolean inString;
  private boolean toldInString;

  /** How the text is written down. */
  enum Writing {
    TEXT,
    /** Escaped once more: arguments of a tool call. */
    JSON
  }

  Channel(StreamChecks checks, String pointer, Writing writing, Way way) {
    this.text = new TextStream(checks, pointer, way);
    this.writing = writing;
    this.names = new PlaceholderStream(checks.replacements().reversible(), writing);
  }

  /** Why the stream must stop; empty while it may go on. */
  Optional<GatewayException> stop() {
    return text.stop();
  }

  /** What may be sent now. */
  String push(String more) {
    held.append(more);
    return names.push(write(text.push(news())));
  }

  /** The rest. */
  String end() {
    var rest = write(text.end());
    if (text.stop().isEmpty() && writing == Writing.JSON) {
      // an escape that was cut off belongs to nobody's find
      rest += held;
      held.setLength(0);
      told = 0;
    }
    return names.push(rest) + names.end();
  }

  /** What the text has not been told of, as detectors read it. */
  private String news() {
    var raw = held.substring(told);
    if (writing == Writing.TEXT) {
      told = held.length();
      return raw;
    }
    var inner = InnerJson.read(raw, toldInString);
    told += inner.end();
    toldInString = inner.inString();
    return inner.text();
  }

  private String write(Emission emission) {
    int length = emission.to() - emission.from();
    if (length == 0) {
      return "";
    }
    if (writing == Writing.TEXT) {
      return take(length, emission.edits());
    }
    var json = held.toString();
    var inner = InnerJson.read(json, inString);
    int end = inner.starts()[length];
    var edits = InnerEdits.of(json, inner, inString, emission.edits());
    inString = InnerJson.read(json.substring(0, end), inString).inString();
    return take(end, edits);
  }

  /** Takes so much from what is held, edited. */
  private String take(int length, List<TextEdit> edits) {
    var out = new StringBuilder(length);
    int at = 0;
    for (var edit : edits) {
      out.append(held, at, edit.start()).append(edit.with());
      at = edit.end();
    }
    out.append(held, at, length);
    held.delete(0, length);
    told -= length;
    text.trim();
    return out.toString();
  }
}
