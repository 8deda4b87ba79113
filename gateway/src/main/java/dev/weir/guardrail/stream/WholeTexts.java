package dev.weir.guardrail.stream;

import dev.weir.guardrail.stream.TextStream.Way;
import dev.weir.guardrail.text.DocumentTexts;
import dev.weir.guardrail.text.TextPart;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonSplice;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The texts that a stream's events bring whole, and often more than once: each is looked at once, and replaced wherever it is
 * said. Not thread-safe: one stream.
 */
final class WholeTexts {
  /** Most texts that are remembered; others are looked at again. */
  private static final int MOST = 1_000;

  private static final byte[] EMPTY = "[]".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final StreamChecks checks;
  private final Map<Known, String> known = new HashMap<>();
  private @Nullable GatewayException stop;

  private record Known(Channel.Writing writing, String text) {}

  WholeTexts(StreamChecks checks) {
    this.checks = checks;
  }

  /** Why the stream must stop; empty while it may go on. */
  Optional<GatewayException> stop() {
    return Optional.ofNullable(stop);
  }

  /** What a text became that came in pieces: where it is repeated it must not be looked at again. */
  void became(Channel.Writing writing, String text, String now) {
    if (known.size() < MOST) {
      known.put(new Known(writing, text), now);
    }
  }

  /** Replaces what must not be said in the texts of a document; true when anything changed. */
  boolean replace(DocumentTexts texts, JsonSplice splice) {
    boolean changed = false;
    for (var likelihoods : texts.likelihoods()) {
      changed |= forget(likelihoods, splice);
    }
    for (var part : texts.parts()) {
      var text = part.text();
      var now = guarded(part, text);
      if (!now.equals(text)) {
        splice.replace(part.literal().start(), part.literal().end(), JsonWriter.string(now));
        changed = true;
      }
    }
    return changed;
  }

  /** Takes the likelihoods of a delta out, which spell its text; true when there were any and they may not be known. */
  boolean forget(JsonObject delta, JsonSplice splice) {
    var likelihoods = delta.find("logprobs");
    boolean spelled =
        likelihoods != null && likelihoods.is(JsonValue.Type.ARRAY) && !likelihoods.isEmpty();
    return spelled && likelihoods != null && forget(likelihoods, splice);
  }

  private boolean forget(JsonValue likelihoods, JsonSplice splice) {
    if (checks.rewrites()) {
      var nothing = likelihoods.is(JsonValue.Type.ARRAY) ? EMPTY : NULL;
      splice.replace(likelihoods.start(), likelihoods.end(), nothing);
    }
    return checks.rewrites();
  }

  private String guarded(TextPart part, String text) {
    var writing =
        part.writing() == TextPart.Writing.STRING ? Channel.Writing.TEXT : Channel.Writing.JSON;
    var before = known.get(new Known(writing, text));
    if (before != null || stop != null) {
      return before == null ? "" : before;
    }
    var channel =
        new Channel(checks, "/" + part.member(), writing, part.spoken() ? Way.SPOKEN : Way.BESIDE);
    var now = channel.push(text);
    if (channel.stop().isEmpty()) {
      now += channel.end();
    }
    stop = channel.stop().orElse(null);
    became(writing, text, now);
    return now;
  }
}
