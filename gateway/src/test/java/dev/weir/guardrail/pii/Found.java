package dev.weir.guardrail.pii;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.protocol.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs a detector over a text and says what it found, as tests read it. */
public final class Found {
  private Found() {}

  public static List<Finding> in(Detector detector, String text, Set<String> wanted) {
    var findings = new ArrayList<Finding>();
    detector.scan(
        NormalizedText.of(text), wanted, Deadline.in(Duration.ofMinutes(1)), findings::add);
    return findings;
  }

  /** Each find as {@code id=text}. */
  public static List<String> texts(Detector detector, String text) {
    return in(detector, text, detector.guardrails()).stream()
        .map(find -> find.guardrail() + "=" + text.substring(find.start(), find.end()))
        .toList();
  }
}
