package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import dev.weir.routing.AttemptRules.Hedge;
import dev.weir.routing.AttemptRules.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code attempts} of a policy strictly. Stateless. */
final class AttemptRulesReader {
  private static final long LONGEST_MS = 3_600_000;
  private static final int LONGEST_WORD = 40;

  private AttemptRulesReader() {}

  static AttemptRules read(StrictObject document) {
    var usual = AttemptRules.DEFAULT;
    var retries = document
        .optional("retries")
        .map(value -> (int) Math.min(
            Integer.MAX_VALUE, StrictObject.count(value, document.path("retries"))))
        .orElse(usual.retries());
    var firstEvent = milliseconds(document, "first_event_ms");
    var total = milliseconds(document, "total_ms");
    var hedge = document
        .optional("hedge")
        .map(value -> hedge(StrictObject.of(value, document.path("hedge"))));
    var fallOver = document.has("fall_over") ? fallOver(document) : usual.fallOver();
    var _ = document.optional("fall_over");
    document.end();
    try {
      return new AttemptRules(retries, firstEvent, total, hedge, fallOver);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidDocument(document.path("retries"), "The number of " + wrong.getMessage() + ".");
    }
  }

  private static Optional<Duration> milliseconds(StrictObject document, String name) {
    return document.optional(name).map(value -> {
      var count = StrictObject.count(value, document.path(name));
      if (count < 1 || count > LONGEST_MS) {
        throw new InvalidDocument(
            document.path(name), "Must be a whole number from 1 to " + LONGEST_MS + ".");
      }
      return Duration.ofMillis(count);
    });
  }

  private static Hedge hedge(StrictObject document) {
    var percentile = document.required("percentile");
    var atLeast = milliseconds(document, "at_least_ms")
        .orElseThrow(() -> new InvalidDocument(
            document.path("at_least_ms"), "Is missing and must be given."));
    document.end();
    try {
      var text = new String(percentile.bytes(), StandardCharsets.US_ASCII);
      return new Hedge(Double.parseDouble(text) / 100, atLeast);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidDocument(document.path("percentile"), "Must be a number from 50 to 99.9.");
    }
  }

  private static Set<Refusal> fallOver(StrictObject document) {
    var found = EnumSet.noneOf(Refusal.class);
    var value = document.required("fall_over");
    if (value.isEmpty()) {
      return found;
    }
    var i = 0;
    for (var element : StrictObject.list(value, document.path("fall_over"), Refusal.values().length)) {
      var path = document.path("fall_over") + "[" + i++ + "]";
      var word = StrictObject.text(element, path, LONGEST_WORD);
      found.add(refusal(word, path));
    }
    return found;
  }

  private static Refusal refusal(String word, String path) {
    for (var refusal : Refusal.values()) {
      if (refusal.name().toLowerCase(Locale.ROOT).equals(word)) {
        return refusal;
      }
    }
    throw new InvalidDocument(path, "Must be context_length or content_filter.");
  }
}
