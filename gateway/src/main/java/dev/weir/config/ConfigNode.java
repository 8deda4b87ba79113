package dev.weir.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A piece of the configuration as it was written, before anybody asked what it means. Immutable. */
sealed interface ConfigNode {
  /** Where it begins. */
  Origin origin();

  /** What it is, for a message: {@code a list}. */
  String kind();

  /** Keys with their values, in the order of the file. */
  record Mapping(Origin origin, SequencedMap<String, ConfigNode> members) implements ConfigNode {
    public Mapping {
      members = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }

    @Override
    public String kind() {
      return "a section";
    }

    /** The same with one value set below it; sections on the way are made. */
    Mapping with(List<String> path, Scalar value) {
      var changed = new LinkedHashMap<>(members);
      if (path.size() == 1) {
        changed.put(path.getFirst(), value);
      } else {
        var below = members.get(path.getFirst()) instanceof Mapping section
            ? section
            : new Mapping(value.origin(), new LinkedHashMap<>(Map.of()));
        changed.put(path.getFirst(), below.with(path.subList(1, path.size()), value));
      }
      return new Mapping(origin, changed);
    }
  }

  /** Values in order. */
  record Sequence(Origin origin, List<ConfigNode> elements) implements ConfigNode {
    public Sequence {
      elements = List.copyOf(elements);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * One value, as text.
   *
   * @param quoted whether it stood in quotation marks, so that it can only be text
   */
  record Scalar(Origin origin, String text, boolean quoted) implements ConfigNode {
    @Override
    public String kind() {
      return text.isEmpty() ? "nothing" : "one value";
    }
  }

  /** A key without a value, which says as much as no key. */
  record Nothing(Origin origin) implements ConfigNode {
    @Override
    public String kind() {
      return "nothing";
    }
  }
}
