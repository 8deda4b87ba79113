package dev.weir.guardrail;

import dev.weir.guardrail.custom.CustomGuardrails;
import dev.weir.guardrail.custom.WebhookGuardrail;
import dev.weir.guardrail.custom.WebhookTransport;
import dev.weir.guardrail.learned.LearnedDetector;
import dev.weir.guardrail.learned.Scorer;
import dev.weir.guardrail.names.NamesDetector;
import dev.weir.guardrail.pii.PiiDetector;
import dev.weir.guardrail.secrets.SecretsDetector;
import dev.weir.protocol.Deadline;
import dev.weir.provider.Reach;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be detected, by id. Safe for many threads. */
public final class Detectors {
  /** Ids that no group includes: names and places are found too often to be taken along unasked. */
  static final Set<String> OWN_SWITCH = Set.of("pii.person", "pii.location", "pii.organization");

  /** Everything in the box, one line each; without webhooks. */
  public static Detectors builtIn() {
    return builtIn(Optional.empty());
  }

  /**
   * Everything in the box.
   *
   * @param reach where webhooks may lie
   * @param webhooks how they are called
   */
  public static Detectors builtIn(Reach reach, WebhookTransport webhooks) {
    return builtIn(Optional.of(new WebhookGuardrail(reach, webhooks)));
  }

  /** Everything in the box, for reading rules only: webhooks among them are not called. */
  public static Detectors forReading(Reach reach) {
    return builtIn(reach, (_, _, _, _) -> {
      throw new IOException("rules are only read here");
    });
  }

  private static Detectors builtIn(Optional<WebhookGuardrail> webhook) {
    return new Detectors(
        List.of(
            new PiiDetector(),
            new SecretsDetector(),
            new LearnedDetector(Scorer.shipped()),
            NamesDetector.shipped()),
        CustomGuardrails.all(webhook));
  }

  private final List<Detector> all;
  private final Map<String, Detector> byId = new TreeMap<>();
  private final Map<String, CustomGuardrail> custom;
  private boolean warm;

  public Detectors(List<Detector> all, List<CustomGuardrail> custom) {
    this.all = List.copyOf(all);
    for (var detector : all) {
      for (var id : detector.guardrails()) {
        if (byId.put(id, detector) != null) {
          throw new IllegalArgumentException("two detectors for " + id);
        }
      }
    }
    this.custom = custom.stream()
        .collect(Collectors.toUnmodifiableMap(CustomGuardrail::id, Function.identity()));
  }

  /**
   * Reads a text once with everything there is, so that what is loaded at first use is on no request's budget; whoever comes
   * meanwhile waits.
   */
  public synchronized void warm() {
    if (warm) {
      return;
    }
    var text = NormalizedText.of("jane@example.com, +1 212 555 0123, 4111 1111 1111 1111");
    for (var detector : all) {
      detector.scan(text, detector.guardrails(), Deadline.in(Duration.ofMinutes(1)), _ -> {});
    }
    warm = true;
  }

  public List<Detector> all() {
    return all;
  }

  public @Nullable CustomGuardrail custom(String id) {
    return custom.get(id);
  }

  /**
   * The detector of an id that {@link #ids} gave.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Detector require(String id) {
    var detector = byId.get(id);
    if (detector == null) {
      throw new IllegalArgumentException("no detector for " + id);
    }
    return detector;
  }

  /** The ids that this id or group prefix stands for, in alphabetical order; custom ones not among them. */
  public Set<String> ids(String idOrPrefix) {
    var found = new TreeSet<String>();
    for (var id : byId.keySet()) {
      boolean inGroup = id.startsWith(idOrPrefix + ".") && !OWN_SWITCH.contains(id);
      if (inGroup || id.equals(idOrPrefix)) {
        found.add(id);
      }
    }
    return found;
  }

  /** Every id that can be detected without a configuration, those with a switch of their own among them. */
  public Set<String> ids() {
    return Set.copyOf(byId.keySet());
  }

  /** The first parts of all ids, custom ones among them, in alphabetical order. */
  public Set<String> groups() {
    var found = new TreeSet<>(custom.keySet());
    for (var id : byId.keySet()) {
      int dot = id.indexOf('.');
      found.add(dot < 0 ? id : id.substring(0, dot));
    }
    return found;
  }
}
