package dev.weir.guardrail.custom;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.weir.guardrail.CustomGuardrail;
import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.protocol.Deadline;
import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Patterns of an operator in RE2's syntax, which is linear in the text whatever the pattern: {@code {"patterns":[…]}}; at
 * most 50 of 500 characters each, and none that compiles to more than 2,000 instructions. Immutable.
 *
 * <p>A match is reported up to its 512th character, and the last 512 of a stream wait; all of it where a pattern asks for the
 * start of the text. The deadline is looked at while a pattern runs, so one that is slow on a
 * long text costs its own rule's time and no more.
 */
public final class PatternGuardrail implements CustomGuardrail {
  private static final int MOST_PATTERNS = 50;
  private static final int LONGEST_PATTERN = 500;
  private static final int LARGEST_PROGRAM = 2_000;
  private static final int LONGEST_MATCH = 512;

  /** A sign for the start of the text, outside of a class. */
  private static final Pattern FROM_START = Pattern.compile("(?:^|[^\\[\\\\])\\^|\\\\A");

  @Override
  public String id() {
    return "pattern";
  }

  @Override
  public Detector compile(JsonValue config, String path) {
    var fields = RuleConfig.of(config, path, Set.of("patterns"));
    var patterns = new ArrayList<Pattern>();
    for (String source : fields.texts("patterns", MOST_PATTERNS, LONGEST_PATTERN)) {
      patterns.add(compile(source, fields.at("patterns") + "[" + patterns.size() + "]"));
    }
    boolean fromStart = patterns.stream()
        .anyMatch(pattern -> FROM_START.matcher(pattern.pattern()).find());
    return new Patterns(List.copyOf(patterns), fromStart);
  }

  private static Pattern compile(String source, String path) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(source);
    } catch (PatternSyntaxException mistake) {
      throw new InvalidDocument(
          path,
          "Not a pattern in RE2 syntax (github.com/google/re2/wiki/Syntax): "
              + mistake.getDescription() + ".");
    }
    if (pattern.programSize() > LARGEST_PROGRAM) {
      throw new InvalidDocument(path, "The pattern is too large: repeat less.");
    }
    if (pattern.matches("")) {
      throw new InvalidDocument(
          path, "The pattern matches the empty text, so it would match everywhere.");
    }
    return pattern;
  }

  /**
   * All patterns of one rule.
   *
   * @param fromStart whether one asks where the text begins, which the middle of a stream cannot tell
   */
  private record Patterns(List<Pattern> patterns, boolean fromStart) implements Detector {
    @Override
    public boolean heavy() {
      return true;
    }

    @Override
    public Set<String> guardrails() {
      return Set.of("pattern");
    }

    @Override
    public void scan(
        NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
      for (var pattern : patterns) {
        Matcher matcher = pattern.matcher(new TimedText(text.text(), deadline));
        while (matcher.find()) {
          int end = Math.min(matcher.end(), matcher.start() + LONGEST_MATCH);
          if (end > matcher.start()) {
            found.accept(new Finding(
                "pattern", text.originalStart(matcher.start()), text.originalEnd(end), 1.0));
          }
        }
      }
    }

    @Override
    public int stableUntil(NormalizedText text, Set<String> wanted) {
      return fromStart ? 0 : text.originalStart(Math.max(0, text.text().length() - LONGEST_MATCH));
    }
  }
}
