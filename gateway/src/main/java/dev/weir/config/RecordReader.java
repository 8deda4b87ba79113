package dev.weir.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads records from what was written, by the names and types of their components; what is not written is taken from an
 * example. All that is wrong is gathered. Used by one thread.
 */
final class RecordReader {
  private final Problems problems;

  RecordReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * The record that a section says.
   *
   * @param example holds the values of what is not written
   */
  <T extends Record> T section(ConfigNode.Mapping node, String path, T example) {
    @SuppressWarnings("unchecked")
    var type = (Class<T>) example.getClass();
    var read = record(node, path, type, example);
    return read == null ? example : read;
  }

  private <T extends Record> @Nullable T record(
      ConfigNode.Mapping node, String path, Class<T> type, @Nullable T example) {
    var components = type.getRecordComponents();
    var known = Arrays.stream(components).map(RecordReader::key).toList();
    node.members().forEach((key, value) -> {
      if (!known.contains(key)) {
        problems.add(value.origin(), join(path, key), "unknown key" + Suggestion.of(key, known));
      }
    });
    var values = new Object[components.length];
    var complete = true;
    for (var i = 0; i < components.length; i++) {
      var value = component(node, path, components[i], example);
      complete &= value != null;
      values[i] = value;
    }
    return complete ? Records.make(type, values) : null;
  }

  private @Nullable Object component(
      ConfigNode.Mapping node, String path, RecordComponent component, @Nullable Record example) {
    var fallback = example == null ? empty(component) : Records.value(example, component);
    var written = node.members().get(key(component));
    var at = join(path, key(component));
    if (written == null || written instanceof ConfigNode.Nothing) {
      if (fallback == null) {
        problems.add(node.origin(), at, "is missing");
      }
      return fallback;
    }
    return value(written, at, component, component.getGenericType(), fallback);
  }

  private static @Nullable Object empty(RecordComponent component) {
    if (component.getType() == Optional.class) {
      return Optional.empty();
    }
    return component.getType() == List.class ? List.of() : null;
  }

  private @Nullable Object value(
      ConfigNode node,
      String path,
      RecordComponent component,
      Type type,
      @Nullable Object fallback) {
    if (type instanceof ParameterizedType generic) {
      var inner = generic.getActualTypeArguments()[0];
      return generic.getRawType() == List.class
          ? list(node, path, component, inner)
          : optional(node, path, component, inner);
    }
    if (type instanceof Class<?> plain && plain.isRecord() && plain != ByteSize.class) {
      return nested(node, path, plain.asSubclass(Record.class), fallback);
    }
    if (type == JsonNode.class) {
      return JsonTree.of(node);
    }
    return new ScalarReader(problems).read(node, path, component, type);
  }

  private @Nullable Object optional(
      ConfigNode node, String path, RecordComponent component, Type inner) {
    // a variable that is set to nothing says that nothing is set
    if (node instanceof ConfigNode.Scalar scalar && scalar.text().isEmpty()) {
      return Optional.empty();
    }
    var value = value(node, path, component, inner, null);
    return value == null ? null : Optional.of(value);
  }

  private @Nullable Object list(
      ConfigNode node, String path, RecordComponent component, Type inner) {
    if (!(node instanceof ConfigNode.Sequence sequence)) {
      problems.add(node.origin(), path, "must be a list, and is " + node.kind());
      return null;
    }
    var read = new ArrayList<Object>();
    for (var i = 0; i < sequence.elements().size(); i++) {
      var element = value(sequence.elements().get(i), path + "[" + i + "]", component, inner, null);
      if (element != null) {
        read.add(element);
      }
    }
    return read.size() == sequence.elements().size() ? List.copyOf(read) : null;
  }

  private <T extends Record> @Nullable T nested(
      ConfigNode node, String path, Class<T> type, @Nullable Object fallback) {
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      problems.add(node.origin(), path, "must be a section with keys, and is " + node.kind());
      return null;
    }
    return record(mapping, path, type, fallback == null ? null : type.cast(fallback));
  }

  /** A component's name as it stands in the file. */
  static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
