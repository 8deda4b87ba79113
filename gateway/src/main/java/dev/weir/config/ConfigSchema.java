package dev.weir.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema (draft 2020-12) of the configuration file, made from the records, so that editors know what the check
 * knows. Stateless.
 */
final class ConfigSchema {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  // a scalar may be written as a variable, whatever its type
  private static final String VARIABLE = "\\$\\{[A-Za-z_][A-Za-z0-9_]*(:[^}]*)?\\}";

  private ConfigSchema() {}

  static String text() {
    var root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Configuration of Weir");
    section(root, GatewayConfig.class, GatewayConfig.DEFAULT);
    return JSON.writeValueAsString(root) + "\n";
  }

  private static void section(ObjectNode schema, Class<?> type, @Nullable Record example) {
    schema.putArray("type").add("object").add("null");
    schema.put("additionalProperties", false);
    var properties = schema.putObject("properties");
    var required = JSON.createArrayNode();
    for (var component : type.getRecordComponents()) {
      var value = example == null ? null : Records.value(example, component);
      var property = properties.putObject(RecordReader.key(component));
      var setting = Objects.requireNonNull(component.getAnnotation(Setting.class));
      property.put("description", setting.value() + ".");
      describe(property, component.getGenericType(), setting, value);
      if (example == null && !isOptional(component)) {
        required.add(RecordReader.key(component));
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
  }

  private static boolean isOptional(RecordComponent component) {
    return component.getType() == Optional.class || component.getType() == List.class;
  }

  private static void describe(
      ObjectNode schema, Type type, Setting setting, @Nullable Object example) {
    if (type instanceof ParameterizedType generic) {
      var inner = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == List.class) {
        schema.putArray("type").add("array").add("null");
        describe(schema.putObject("items"), inner, setting, null);
      } else {
        describe(schema, inner, setting, null);
      }
    } else if (type instanceof Class<?> plain && plain.isRecord() && plain != ByteSize.class) {
      section(schema, plain, example == null ? null : (Record) example);
    } else {
      scalar(schema, type, setting);
      defaultValue(schema, example);
    }
  }

  private static void scalar(ObjectNode schema, Type type, Setting setting) {
    switch (type.getTypeName()) {
      case "int", "long", "java.lang.Integer" -> {
        schema.putArray("type").add("integer").add("string").add("null");
        schema.put("minimum", setting.min()).put("maximum", setting.max());
        schema.put("pattern", "^" + VARIABLE + "$");
      }
      case "double" -> {
        schema.putArray("type").add("number").add("string").add("null");
        schema.put("minimum", 0).put("maximum", 1);
        schema.put("pattern", "^" + VARIABLE + "$");
      }
      case "java.math.BigDecimal" -> {
        schema.putArray("type").add("number").add("string").add("null");
        schema.put("minimum", 0).put("maximum", 1_000_000);
        schema.put("pattern", "^" + VARIABLE + "$");
      }
      case "tools.jackson.databind.JsonNode" -> schema.putArray("type").add("object");
      case "java.time.Instant" -> text(schema, "[0-9]{4}-[0-9]{2}-[0-9]{2}T.*");
      case "boolean", "java.lang.Boolean" -> {
        schema.putArray("type").add("boolean").add("string").add("null");
        schema.put("pattern", "^" + VARIABLE + "$");
      }
      case "java.time.Duration" -> text(schema, "[0-9]{1,9} ?(ms|s|m|h|d)");
      case "dev.weir.config.ByteSize" -> text(schema, "[0-9]{1,9} ?(B|KiB|MiB|GiB)");
      default ->
        text(
            schema,
            setting.oneOf().length > 0 ? String.join("|", setting.oneOf()) : setting.pattern());
    }
  }

  private static void text(ObjectNode schema, String pattern) {
    schema.putArray("type").add("string").add("null");
    if (!pattern.isEmpty()) {
      schema.put("pattern", "^(" + pattern + "|.*" + VARIABLE + ".*)$");
    }
  }

  private static void defaultValue(ObjectNode schema, @Nullable Object example) {
    switch (example) {
      case null -> {}
      case Integer number -> schema.put("default", number);
      case Long number -> schema.put("default", number);
      case Double number -> schema.put("default", number);
      case Boolean truth -> schema.put("default", truth);
      case Duration time -> schema.put("default", Durations.write(time));
      default -> schema.put("default", example.toString());
    }
  }
}
