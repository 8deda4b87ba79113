package dev.weir.guardrail;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be detected, by id. Immutable. */
public final class Detectors {
  /** Everything in the box, one line each. */
  public static Detectors builtIn() {
    return new Detectors(List.of(), List.of());
  }

  private final List<Detector> all;
  private final Map<String, Detector> byId = new TreeMap<>();
  private final Map<String, CustomGuardrail> custom;

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

  public List<Detector> all() {
    return all;
  }

  /** The detector of an id that is no group. */
  public @Nullable Detector detector(String id) {
    return byId.get(id);
  }

  public @Nullable CustomGuardrail custom(String id) {
    return custom.get(id);
  }

  /** The ids that this id or group prefix stands for, in alphabetical order; custom ones not among them. */
  public Set<String> ids(String idOrPrefix) {
    var found = new TreeSet<String>();
    for (var id : byId.keySet()) {
      if (id.equals(idOrPrefix) || id.startsWith(idOrPrefix + ".")) {
        found.add(id);
      }
    }
    return found;
  }
}
