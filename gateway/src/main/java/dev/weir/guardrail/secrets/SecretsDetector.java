package dev.weir.guardrail.secrets;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.match.Keywords;
import dev.weir.guardrail.match.WordChars;
import dev.weir.protocol.Deadline;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds credentials: one pass for all prefixes and names at once, and a closer look only where one stands. Safe for many
 * threads.
 *
 * <p>Scores: 1.0 where a checksum or a decoded header proves it, 0.9 for a provider's form, 0.6 for what is only assigned to a
 * telling name.
 */
public final class SecretsDetector implements Detector {
  private static final int PIECE = 1 << 16;

  private final List<SecretRule> rules = SecretRules.all();
  private final List<ShapeScan> shapes = ShapeScan.all();
  private final Keywords prefixes;
  private final Keywords names =
      Keywords.of(AssignedSecret.NAMES, Keywords.Letters.FOLDED, Keywords.Bounds.ANYWHERE);
  private final Set<String> ids = new LinkedHashSet<>();

  public SecretsDetector() {
    var words = new ArrayList<String>();
    rules.forEach(rule -> words.add(rule.prefix()));
    shapes.forEach(shape -> words.add(shape.opener()));
    prefixes = Keywords.of(words, Keywords.Letters.EXACT, Keywords.Bounds.ANYWHERE);
    rules.forEach(rule -> ids.add(rule.id()));
    shapes.forEach(shape -> ids.add(shape.id()));
    ids.add(AssignedSecret.ID);
  }

  @Override
  public Set<String> guardrails() {
    return Set.copyOf(ids);
  }

  @Override
  public void scan(
      NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
    var spans = new Spans(text, found);
    var whole = text.text();
    // in pieces, so that the deadline is seen in a long text; a prefix on the seam is met by the
    // overlap
    for (int from = 0; from < whole.length(); from += PIECE) {
      if (deadline.passed()) {
        throw new DeadlinePassed();
      }
      int to = Math.min(whole.length(), from + PIECE + 64);
      prefixes.scan(
          whole, from, to, (word, start, _) -> prefixed(whole, word, start, wanted, spans));
      if (wanted.contains(AssignedSecret.ID)) {
        names.scan(whole, from, to, (_, start, end) -> assigned(whole, start, end, spans));
      }
    }
    spans.report();
  }

  private void prefixed(String text, int word, int start, Set<String> wanted, Spans spans) {
    if (word >= rules.size()) {
      var shape = shapes.get(word - rules.size());
      if (wanted.contains(shape.id())) {
        shape.look(text, start, spans);
      }
      return;
    }
    var rule = rules.get(word);
    if (!wanted.contains(rule.id()) || !begins(text, start)) {
      return;
    }
    int end = rule.end(text, start);
    if (end > 0) {
      boolean checked = SecretChecks.crc(text.substring(start, end));
      spans.add(rule.id(), start, end, checked ? 1.0 : 0.9);
    }
  }

  private static boolean begins(String text, int start) {
    if (start == 0) {
      return true;
    }
    char before = text.charAt(start - 1);
    return !WordChars.isAsciiWord(before) && before != '_' && before != '-';
  }

  private static void assigned(String text, int start, int end, Spans spans) {
    long value = AssignedSecret.value(text, start, end);
    if (value != 0) {
      spans.add(AssignedSecret.ID, (int) (value >>> 32), (int) value, 0.6);
    }
  }
}
