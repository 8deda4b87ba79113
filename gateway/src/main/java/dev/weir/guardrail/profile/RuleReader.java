package dev.weir.guardrail.profile;

import dev.weir.guardrail.Action;
import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.Redaction;
import dev.weir.guardrail.Role;
import dev.weir.guardrail.profile.GuardrailRule.BlockedAs;
import dev.weir.guardrail.profile.GuardrailRule.Handling;
import dev.weir.guardrail.profile.GuardrailRule.Otherwise;
import dev.weir.guardrail.profile.GuardrailRule.Scope;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads rules strictly: what cannot be enforced is refused, never accepted and passed over. Stateless. */
final class RuleReader {
  /** Most rules in one profile. */
  static final int MOST_RULES = 500;

  private static final long LONGEST_TIMEOUT_MS = 60_000;

  private RuleReader() {}

  static List<GuardrailRule> read(String rulesJson, Detectors detectors) {
    var list = array(rulesJson);
    var rules = new ArrayList<GuardrailRule>();
    var named = new HashSet<String>();
    int i = 0;
    for (var element : list.elements()) {
      var path = "rules[" + i++ + "]";
      if (i > MOST_RULES) {
        throw new InvalidDocument("rules", "At most " + MOST_RULES + " rules are expected here.");
      }
      var rule = rule(new RuleFields(element, path), detectors);
      for (var direction : rule.scope().directions()) {
        // rules with a configuration are each a thing of their own
        if (rule.own().isEmpty() && !named.add(rule.guardrail() + direction)) {
          throw new InvalidDocument(
              path + ".guardrail",
              "Another rule names " + rule.guardrail() + " for the same direction.");
        }
      }
      rules.add(rule);
    }
    return rules;
  }

  private static JsonValue array(String rulesJson) {
    try {
      var wrapped = ("{\"rules\":" + rulesJson + "}").getBytes(StandardCharsets.UTF_8);
      var rules = JsonObject.read(wrapped).find("rules");
      if (rules == null || !rules.is(JsonValue.Type.ARRAY)) {
        throw new InvalidDocument("rules", "A list of rules is expected here.");
      }
      return rules;
    } catch (GatewayException invalid) {
      throw new InvalidDocument("rules", "The rules are not JSON: " + invalid.text());
    }
  }

  private static GuardrailRule rule(RuleFields fields, Detectors detectors) {
    var guardrail = fields.text("guardrail");
    var own = own(guardrail, fields, detectors);
    var ids = own.isPresent() ? Set.of(guardrail) : ids(guardrail, fields, detectors);
    var action = fields.word("action", Action.class, Action.OFF);
    if (fields.find("action") == null) {
      throw new InvalidDocument(
          fields.at("action"), "An action is missing: off, shadow, flag, redact or block.");
    }
    var scope = scope(guardrail, fields);
    checkReading(guardrail, action, scope, readers(ids, own, detectors), fields);
    return new GuardrailRule(
        guardrail,
        ids,
        action,
        scope,
        handling(guardrail, action, fields),
        mandatory(action, fields),
        own);
  }

  private static Optional<Detector> own(String id, RuleFields fields, Detectors detectors) {
    var custom = detectors.custom(id);
    var config = fields.find("config");
    if (custom == null) {
      if (config != null) {
        throw new InvalidDocument(fields.at("config"), "'" + id + "' takes no configuration.");
      }
      return Optional.empty();
    }
    if (config == null || !config.is(JsonValue.Type.OBJECT)) {
      throw new InvalidDocument(
          fields.at("config"), "'" + id + "' needs a configuration: an object.");
    }
    if (fields.find("categories") != null) {
      throw new InvalidDocument(fields.at("categories"), "'" + id + "' has no categories.");
    }
    return Optional.of(custom.compile(config, fields.at("config")));
  }

  private static Set<String> ids(String guardrail, RuleFields fields, Detectors detectors) {
    var ids = detectors.ids(guardrail);
    if (ids.isEmpty()) {
      throw new InvalidDocument(
          fields.at("guardrail"),
          "There is no guardrail '" + guardrail + "'. Groups are "
              + String.join(", ", detectors.groups()) + ".");
    }
    if (fields.find("categories") == null) {
      return ids;
    }
    var chosen = new HashSet<String>();
    for (var category : fields.texts("categories")) {
      var found = detectors.ids(guardrail + "." + category);
      if (found.isEmpty()) {
        throw new InvalidDocument(
            fields.at("categories"), "'" + guardrail + "' has no category '" + category + "'.");
      }
      chosen.addAll(found);
    }
    return chosen;
  }

  private static List<Detector> readers(
      Set<String> ids, Optional<Detector> own, Detectors detectors) {
    return own.map(List::of)
        .orElseGet(() -> ids.stream().map(detectors::require).distinct().toList());
  }

  private static Scope scope(String guardrail, RuleFields fields) {
    boolean reversible =
        "placeholder".equals(fields.find("redaction") == null ? "" : fields.text("redaction"));
    var directions = fields.words(
        "directions",
        Direction.class,
        reversible ? EnumSet.of(Direction.INPUT) : defaultDirections(guardrail));
    if (fields.find("roles") != null && !directions.contains(Direction.INPUT)) {
      throw new InvalidDocument(
          fields.at("roles"), "Roles are of requests, and this rule looks at answers only.");
    }
    if (reversible && directions.contains(Direction.OUTPUT)) {
      throw new InvalidDocument(
          fields.at("redaction"),
          "A placeholder is for the direction input: it is turned back in the answer.");
    }
    Set<String> allow = fields.find("allow") == null
        ? Set.of()
        : fields.texts("allow").stream()
            .map(text -> text.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return new Scope(
        directions,
        fields.words("roles", Role.class, defaultRoles(guardrail)),
        threshold(fields),
        allow);
  }

  private static Set<Direction> defaultDirections(String guardrail) {
    return switch (group(guardrail)) {
      case "injection" -> EnumSet.of(Direction.INPUT);
      case "json_schema" -> EnumSet.of(Direction.OUTPUT);
      default -> EnumSet.allOf(Direction.class);
    };
  }

  /** Instructions are what a system message is for; they are an attack only where others speak. */
  private static Set<Role> defaultRoles(String guardrail) {
    return switch (group(guardrail)) {
      case "injection" -> EnumSet.of(Role.USER, Role.TOOL, Role.DOCUMENT);
      default -> EnumSet.allOf(Role.class);
    };
  }

  private static OptionalDouble threshold(RuleFields fields) {
    var value = fields.find("threshold");
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (value.is(JsonValue.Type.NUMBER) && value.end() - value.start() <= 20) {
      var number = new BigDecimal(new String(value.bytes(), StandardCharsets.US_ASCII));
      if (number.signum() >= 0 && number.compareTo(BigDecimal.ONE) <= 0) {
        return OptionalDouble.of(number.doubleValue());
      }
    }
    throw new InvalidDocument(fields.at("threshold"), "A number from 0 to 1 is expected here.");
  }

  private static void checkReading(
      String guardrail, Action action, Scope scope, List<Detector> readers, RuleFields fields) {
    if (action == Action.REDACT && readers.stream().anyMatch(reader -> judges(reader.reading()))) {
      throw new InvalidDocument(
          fields.at("action"),
          "'" + guardrail + "' judges a text as a whole: there is nothing to redact. Use block.");
    }
    if (group(guardrail).equals("json_schema") && scope.directions().contains(Direction.INPUT)) {
      throw new InvalidDocument(
          fields.at("directions"), "A JSON Schema is held to answers: the direction is output.");
    }
  }

  private static boolean judges(Detector.Reading reading) {
    return reading == Detector.Reading.WINDOW || reading == Detector.Reading.WHOLE;
  }

  private static boolean mandatory(Action action, RuleFields fields) {
    boolean mandatory = fields.flag("mandatory");
    if (mandatory && action == Action.OFF) {
      throw new InvalidDocument(
          fields.at("mandatory"), "A rule that is off holds for nobody: it cannot be mandatory.");
    }
    return mandatory;
  }

  private static Handling handling(String guardrail, Action action, RuleFields fields) {
    if (fields.find("redaction") != null && action != Action.REDACT) {
      throw new InvalidDocument(
          fields.at("redaction"), "Only a rule with the action redact can say how.");
    }
    if (fields.find("block_as") != null && action != Action.BLOCK) {
      throw new InvalidDocument(
          fields.at("block_as"), "Only a rule with the action block can say how.");
    }
    boolean exact = switch (group(guardrail)) {
      case "injection", "toxicity", "language" -> false;
      default -> action.compareTo(Action.REDACT) >= 0;
    };
    var otherwise = exact ? Otherwise.CLOSED : Otherwise.OPEN;
    return new Handling(
        fields.word("redaction", Redaction.class, Redaction.TYPE),
        fields.word("on_error", Otherwise.class, otherwise),
        fields.word("on_oversize", Otherwise.class, otherwise),
        timeout(fields),
        fields.word("block_as", BlockedAs.class, BlockedAs.ERROR));
  }

  private static Optional<Duration> timeout(RuleFields fields) {
    var value = fields.find("timeout_ms");
    if (value == null) {
      return Optional.empty();
    }
    var millis = value.asLong();
    if (millis.isEmpty() || millis.getAsLong() < 1 || millis.getAsLong() > LONGEST_TIMEOUT_MS) {
      throw new InvalidDocument(
          fields.at("timeout_ms"),
          "Milliseconds from 1 to " + LONGEST_TIMEOUT_MS + " are expected.");
    }
    return Optional.of(Duration.ofMillis(millis.getAsLong()));
  }

  private static String group(String guardrail) {
    int dot = guardrail.indexOf('.');
    return dot < 0 ? guardrail : guardrail.substring(0, dot);
  }
}
