package dev.weir.config;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one value by the type of its component, within the bounds that its {@link Setting} states. Used by one thread. */
final class ScalarReader {
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final BigDecimal MOST_DOLLARS = new BigDecimal(1_000_000);

  private final Problems problems;

  ScalarReader(Problems problems) {
    this.problems = problems;
  }

  @Nullable
  Object read(ConfigNode node, String path, RecordComponent component, Type type) {
    if (!(node instanceof ConfigNode.Scalar scalar)) {
      problems.add(node.origin(), path, "must be one value, and is " + node.kind());
      return null;
    }
    var bounds = Objects.requireNonNull(component.getAnnotation(Setting.class));
    var value = parse(scalar.text().strip(), type, bounds);
    if (value.isEmpty()) {
      problems.add(
          scalar.origin(),
          path,
          "must be " + expected(type, bounds) + ", and is \"" + scalar.text() + "\"");
      return null;
    }
    return value.get();
  }

  private static Optional<?> parse(String text, Type type, Setting bounds) {
    return switch (type.getTypeName()) {
      case "int", "java.lang.Integer" ->
        integer(text, bounds).map(number -> (Object) number.intValue());
      case "long", "java.lang.Long" -> integer(text, bounds);
      case "double" -> fraction(text);
      case "boolean", "java.lang.Boolean" ->
        switch (text) {
          case "true" -> Optional.of(true);
          case "false" -> Optional.of(false);
          default -> Optional.empty();
        };
      case "java.math.BigDecimal" -> dollars(text);
      case "java.time.Duration" ->
        Durations.parse(text).filter(time -> time.isPositive() && time.compareTo(LONGEST) <= 0);
      case "java.time.Instant" -> instant(text);
      case "dev.weir.config.ByteSize" ->
        ByteSize.parse(text)
            .filter(size -> size.bytes() >= bounds.min() && size.bytes() <= bounds.max());
      default -> Optional.of(text).filter(word -> isAllowed(word, bounds));
    };
  }

  // kept in nano-dollars, and money is never rounded
  private static Optional<BigDecimal> dollars(String text) {
    return Optional.of(text)
        .filter(number -> number.matches("[0-9]{1,7}(\\.[0-9]{1,9})?"))
        .map(BigDecimal::new)
        .filter(number -> number.compareTo(MOST_DOLLARS) <= 0);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static boolean isAllowed(String word, Setting bounds) {
    return !word.isEmpty()
        && (bounds.pattern().isEmpty() || word.matches(bounds.pattern()))
        && (bounds.oneOf().length == 0 || List.of(bounds.oneOf()).contains(word));
  }

  private static Optional<Long> integer(String text, Setting bounds) {
    if (!text.matches("-?[0-9]{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(text))
        .filter(number -> number >= bounds.min() && number <= bounds.max());
  }

  private static Optional<Double> fraction(String text) {
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(text)).filter(number -> number <= 1);
  }

  private static String expected(Type type, Setting bounds) {
    return switch (type.getTypeName()) {
      case "int", "long", "java.lang.Integer", "java.lang.Long" ->
        "a whole number from " + bounds.min() + " to " + bounds.max();
      case "double" -> "a number from 0 to 1";
      case "java.math.BigDecimal" ->
        "dollars from 0 to 1000000 with at most nine digits after the point";
      case "boolean", "java.lang.Boolean" -> "true or false";
      case "java.time.Instant" -> "a time such as 2027-01-31T00:00:00Z";
      case "java.time.Duration" -> "a time with its unit, such as 250ms, 60s, 15m or 1h";
      case "dev.weir.config.ByteSize" ->
        "a size with its unit, such as 512KiB or 32MiB, of at most " + new ByteSize(bounds.max());
      default -> expectedText(bounds);
    };
  }

  private static String expectedText(Setting bounds) {
    if (bounds.oneOf().length > 0) {
      return "one of " + String.join(", ", bounds.oneOf());
    }
    return bounds.pattern().isEmpty() ? "a text" : "a text of the form " + bounds.pattern();
  }
}
