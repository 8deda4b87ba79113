package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonValue;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the {@code when} of a case. Stateless. */
final class ConditionReader {
  private static final int MOST_VALUES = 32;
  private static final int LONGEST = PolicyReader.LONGEST_NAME;
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Set<String> SECRETS =
      Set.of("authorization", "proxy-authorization", "x-api-key", "api-key", "cookie");

  private ConditionReader() {}

  static Condition read(StrictObject when) {
    var _ = when.names(MOST_VALUES);
    var condition = new Condition(
        texts(when, "models"),
        headers(when),
        values(when, "metadata"),
        when.optional("tokens").map(value -> tokens(StrictObject.of(value, when.path("tokens")))),
        when.optional("time").map(value -> window(StrictObject.of(value, when.path("time")))),
        texts(when, "guardrails"));
    when.end();
    return condition;
  }

  private static List<String> texts(StrictObject holder, String name) {
    return holder.optional(name).map(value -> texts(value, holder.path(name))).orElse(List.of());
  }

  private static List<String> texts(JsonValue value, String path) {
    var texts = new ArrayList<String>();
    for (var element : StrictObject.list(value, path, MOST_VALUES)) {
      texts.add(StrictObject.text(element, path + "[" + texts.size() + "]", LONGEST));
    }
    return List.copyOf(texts);
  }

  private static Map<String, List<String>> headers(StrictObject when) {
    var found = new TreeMap<String, List<String>>();
    values(when, "headers").forEach((name, values) -> {
      var lower = name.toLowerCase(Locale.ROOT);
      if (SECRETS.contains(lower)) {
        throw new InvalidDocument(
            when.path("headers") + "." + name,
            "A header that carries a credential is not compared.");
      }
      found.put(lower, values);
    });
    return found;
  }

  /** Each member a string, or an array of the strings that will do. */
  private static Map<String, List<String>> values(StrictObject when, String name) {
    var given = when.optional(name);
    if (given.isEmpty()) {
      return Map.of();
    }
    var holder = StrictObject.of(given.get(), when.path(name));
    var found = new TreeMap<String, List<String>>();
    for (var member : holder.names(MOST_VALUES)) {
      if (!member.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new InvalidDocument(holder.path(member), "Names are compared in plain ASCII only.");
      }
      var value = holder.required(member);
      found.put(
          member,
          value.is(JsonValue.Type.ARRAY)
              ? texts(value, holder.path(member))
              : List.of(StrictObject.text(value, holder.path(member), LONGEST)));
    }
    return found;
  }

  private static Condition.Tokens tokens(StrictObject object) {
    var least = bound(object, "min").orElse(0L);
    var most = bound(object, "max").orElse(Long.MAX_VALUE);
    object.end();
    if (!object.has("min") && !object.has("max")) {
      throw new InvalidDocument(object.path(), "Must say min, max or both.");
    }
    if (least > most) {
      throw new InvalidDocument(object.path("max"), "Must not be below min.");
    }
    return new Condition.Tokens(least, most);
  }

  private static Optional<Long> bound(StrictObject object, String name) {
    return object.optional(name).map(value -> StrictObject.count(value, object.path(name)));
  }

  private static TimeWindow window(StrictObject object) {
    var zone = zone(object.text("zone", LONGEST), object.path("zone"));
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (var word : texts(object, "days")) {
      var day = DAYS.indexOf(word);
      if (day < 0) {
        throw new InvalidDocument(
            object.path("days"), "Must hold some of: " + String.join(", ", DAYS) + ".");
      }
      days.add(DayOfWeek.of(day + 1));
    }
    var from = object.optional("from").map(value -> time(value, object.path("from")));
    var to = object.optional("to").map(value -> time(value, object.path("to")));
    object.end();
    return new TimeWindow(
        zone, days, from.orElse(LocalTime.MIDNIGHT), to.orElse(LocalTime.MIDNIGHT));
  }

  private static ZoneId zone(String name, String path) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw new InvalidDocument(path, "Must be a time zone as in Europe/Berlin or UTC.");
    }
  }

  private static LocalTime time(JsonValue value, String path) {
    try {
      return LocalTime.parse(StrictObject.text(value, path, LONGEST));
    } catch (DateTimeException wrong) {
      throw new InvalidDocument(path, "Must be a time of day as in 08:30.");
    }
  }
}
