package dev.weir.guardrail;

import dev.weir.guardrail.NormalizedText.View;
import dev.weir.protocol.Deadline;
import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Detectors that are easy to foresee, for tests of what stands around detectors. */
public final class SimpleDetectors {
  private SimpleDetectors() {}

  public static Detectors all() {
    return new Detectors(
        List.of(
            spans(
                "pii.email",
                "(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}"),
            spans("pii.card", "(?<![0-9])[0-9]{4}(?:[ -]?[0-9]{4}){3}(?![0-9])"),
            spans("pii.phone", "\\+[0-9]{1,3}(?:[ -][0-9]{2,4}){2,4}(?![0-9])"),
            spans("pii.person", "Mr [A-Z][a-z]+(?: [A-Z][a-z]+)*"),
            new Blocks(),
            spans("secrets.openai", "sk-[A-Za-z0-9]{20,60}(?![A-Za-z0-9])"),
            words("injection", "ignore all previous|ignore the rules"),
            words("toxicity.harassment", "idiot"),
            words("toxicity.hate", "vermin")),
        List.of(new Keywords()));
  }

  public static Detector spans(String id, String pattern) {
    var compiled = Pattern.compile(pattern);
    return new Detector() {
      @Override
      public Set<String> guardrails() {
        return Set.of(id);
      }

      @Override
      public void scan(
          NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
        if (deadline.passed()) {
          throw new DeadlinePassed();
        }
        var matcher = compiled.matcher(text.text());
        while (matcher.find()) {
          found.accept(new Finding(
              id, text.originalStart(matcher.start()), text.originalEnd(matcher.end()), 1.0));
        }
      }
    };
  }

  static Detector words(String id, String pattern) {
    var compiled = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    return new Detector() {
      @Override
      public Set<String> guardrails() {
        return Set.of(id);
      }

      @Override
      public Reading reading() {
        return Reading.WINDOW;
      }

      @Override
      public Set<View> views() {
        return EnumSet.allOf(View.class);
      }

      @Override
      public void scan(
          NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
        if (deadline.passed()) {
          throw new DeadlinePassed();
        }
        var score = compiled.matcher(text.text()).find() ? 0.9 : 0.1;
        found.accept(new Finding(id, 0, text.original().length(), score));
      }
    };
  }

  /** Blocks with a beginning and an end; one without an end goes as far as 16,000 characters. */
  private static final class Blocks implements Detector {
    @Override
    public Set<String> guardrails() {
      return Set.of("secrets.private_key");
    }

    @Override
    public void scan(
        NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
      var in = text.text();
      int begin = in.indexOf("-----BEGIN");
      while (begin >= 0) {
        int end = in.indexOf("-----END", begin);
        int close = end < 0 ? -1 : in.indexOf("-----", end + 8);
        int stop =
            close < 0 || close - begin > 16_000 ? Math.min(in.length(), begin + 16_000) : close + 5;
        found.accept(new Finding(
            "secrets.private_key", text.originalStart(begin), text.originalEnd(stop), 1.0));
        begin = in.indexOf("-----BEGIN", stop);
      }
    }
  }

  /** Words of a rule's own, as they stand in {@code config.words}. */
  private static final class Keywords implements CustomGuardrail {
    @Override
    public String id() {
      return "keywords";
    }

    @Override
    public Detector compile(JsonValue config, String path) {
      var list = config.find("words");
      if (list == null || !list.is(JsonValue.Type.ARRAY)) {
        throw new InvalidDocument(path + ".words", "A list of words is expected here.");
      }
      var words = new ArrayList<String>();
      list.elements().forEach(word -> words.add(Pattern.quote(word.asString())));
      var longest = words.stream().mapToInt(String::length).max().orElse(0);
      var inner = spans("keywords", "(?i)\\b(?:" + String.join("|", words) + ")\\b");
      return new Detector() {
        @Override
        public Set<String> guardrails() {
          return inner.guardrails();
        }

        @Override
        public void scan(
            NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
          inner.scan(text, wanted, deadline, found);
        }

        @Override
        public int stableUntil(NormalizedText text, Set<String> wanted) {
          return Math.max(0, text.original().length() - longest - 1);
        }
      };
    }
  }
}
