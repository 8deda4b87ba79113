package dev.weir.guardrail.profile;

import dev.weir.guardrail.Detectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The profiles in the box, which every tenant may name by these ids. Immutable. */
public final class BuiltInProfiles {
  /** What is sure and dear is taken out, the rest is flagged. */
  public static final String BASELINE = "baseline";

  /** Secrets, attacks and abuse stop a request, personal data is taken out. */
  public static final String STRICT = "strict";

  /** Personal data never leaves: the model sees placeholders, the client its own values. */
  public static final String PRIVACY = "privacy";

  /** Nothing is looked for. */
  public static final String OFF = "off";

  private static final List<String> PERSONAL =
      List.of("pii.person", "pii.location", "pii.organization");

  private final Detectors detectors;
  private final Map<String, GuardrailProfile> all;

  /** Those that can be made of these detectors. */
  public BuiltInProfiles(Detectors detectors) {
    this.detectors = detectors;
    this.all = read(detectors);
  }

  Detectors detectors() {
    return detectors;
  }

  Map<String, GuardrailProfile> all() {
    return all;
  }

  /** The ids of all. */
  public static Set<String> ids() {
    return Set.of(BASELINE, STRICT, PRIVACY, OFF);
  }

  private static Map<String, GuardrailProfile> read(Detectors detectors) {
    var all = new LinkedHashMap<String, GuardrailProfile>();
    for (var id : List.of(BASELINE, STRICT, PRIVACY, OFF)) {
      var rules = new ArrayList<String>();
      for (var line : lines(id)) {
        // a build without a detector has nothing to offer for its line
        if (!detectors.ids(line.guardrail()).isEmpty()) {
          rules.add(line.json());
        }
      }
      all.put(id, GuardrailProfile.read(id, id, 0, "[" + String.join(",", rules) + "]", detectors));
    }
    return Map.copyOf(all);
  }

  /** One rule in short: what, what then, and the members that differ from the defaults. */
  private record Line(String guardrail, String action, String more) {
    String json() {
      return "{\"guardrail\":\"" + guardrail + "\",\"action\":\"" + action + "\"" + more + "}";
    }
  }

  private static List<Line> lines(String id) {
    var lines = new ArrayList<Line>();
    switch (id) {
      case BASELINE -> {
        lines.add(new Line("secrets", "redact", ""));
        for (var dear : List.of("pii.card", "pii.iban", "pii.us_ssn", "pii.url_credentials")) {
          lines.add(new Line(dear, "redact", ""));
        }
        lines.add(new Line("pii", "flag", ""));
        lines.add(new Line("injection", "flag", ""));
        lines.add(new Line("toxicity", "flag", ""));
      }
      case STRICT -> {
        lines.add(new Line("secrets", "block", ""));
        lines.add(new Line("pii", "redact", ""));
        lines.add(new Line("injection", "block", ""));
        lines.add(new Line("toxicity", "block", ""));
      }
      case PRIVACY -> {
        lines.add(new Line("secrets", "redact", ""));
        personal(lines, "pii");
        PERSONAL.forEach(one -> personal(lines, one));
      }
      default -> {}
    }
    return lines;
  }

  private static void personal(List<Line> lines, String guardrail) {
    lines.add(
        new Line(guardrail, "redact", ",\"directions\":[\"input\"],\"redaction\":\"placeholder\""));
    lines.add(new Line(guardrail, "redact", ",\"directions\":[\"output\"]"));
  }
}
