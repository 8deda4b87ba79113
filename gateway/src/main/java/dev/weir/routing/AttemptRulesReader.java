package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonMember;
import dev.weir.protocol.json.JsonValue;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code attempts} of a policy's strategy, strictly. Stateless. */
final class AttemptRulesReader {
  private static final long LONGEST_MS = Duration.ofHours(1).toMillis();

  private AttemptRulesReader() {}

  static AttemptRules read(JsonValue value, String path) {
    var rules = AttemptRules.DEFAULT;
    for (var member : object(value, path)) {
      var at = path + "." + member.name();
      rules = switch (member.name()) {
        case "retries" -> rules.with(integer(member.value(), at, 0, AttemptRules.MOST_RETRIES));
        case "first_event_ms" -> rules.withFirstEvent(millis(member.value(), at));
        case "total_ms" -> rules.withTotal(millis(member.value(), at));
        case "hedge" -> rules.withHedge(hedge(member.value(), at));
        case "fall_over" -> rules.withFallOver(refusals(member.value(), at));
        default -> throw unknown(at, "retries, first_event_ms, total_ms, hedge, fall_over");
      };
    }
    return rules;
  }

  private static AttemptRules.Hedge hedge(JsonValue value, String path) {
    var percentile = 0.95;
    var atLeast = Optional.<Duration>empty();
    for (var member : object(value, path)) {
      var at = path + "." + member.name();
      switch (member.name()) {
        case "percentile" -> percentile = integer(member.value(), at, 50, 99) / 100.0;
        case "at_least_ms" -> atLeast = Optional.of(millis(member.value(), at));
        default -> throw unknown(at, "percentile, at_least_ms");
      }
    }
    return new AttemptRules.Hedge(
        percentile,
        atLeast.orElseThrow(() -> new InvalidDocument(
            path + ".at_least_ms",
            "Say how many milliseconds pass at least before a second attempt.")));
  }

  private static Set<AttemptRules.Refusal> refusals(JsonValue value, String path) {
    if (!value.is(JsonValue.Type.ARRAY)) {
      throw new InvalidDocument(path, "A list of context_length and content_filter is expected.");
    }
    var refusals = EnumSet.noneOf(AttemptRules.Refusal.class);
    var index = 0;
    for (var element : value.elements()) {
      refusals.add(refusal(element, path + "[" + index++ + "]"));
    }
    return refusals;
  }

  private static AttemptRules.Refusal refusal(JsonValue value, String path) {
    for (var refusal : AttemptRules.Refusal.values()) {
      if (value.is(JsonValue.Type.STRING)
          && value.asString().equals(refusal.name().toLowerCase(Locale.ROOT))) {
        return refusal;
      }
    }
    throw new InvalidDocument(path, "Either context_length or content_filter is expected.");
  }

  private static Duration millis(JsonValue value, String path) {
    return Duration.ofMillis(integer(value, path, 1, LONGEST_MS));
  }

  private static int integer(JsonValue value, String path, long least, long most) {
    var number = value.asLong().orElse(least - 1);
    if (number < least || number > most) {
      throw new InvalidDocument(path, "An integer from " + least + " to " + most + " is expected.");
    }
    return (int) number;
  }

  private static Iterable<JsonMember> object(JsonValue value, String path) {
    if (!value.is(JsonValue.Type.OBJECT)) {
      throw new InvalidDocument(path, "An object is expected.");
    }
    return value.members();
  }

  private static InvalidDocument unknown(String path, String known) {
    return new InvalidDocument(path, "There is no such field; known are " + known + ".");
  }
}
