package dev.weir.guardrail.custom;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import dev.weir.guardrail.CustomGuardrail;
import dev.weir.guardrail.Detector;
import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shape of an answer: {@code {"schema":{…}}} of JSON Schema 2020-12, at most 64 KiB, without references to other
 * documents. A text that is no JSON breaks it. Immutable.
 */
public final class JsonSchemaGuardrail implements CustomGuardrail {
  private static final int LARGEST = 64 << 10;
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();

  @Override
  public String id() {
    return "json_schema";
  }

  @Override
  public Detector compile(JsonValue config, String path) {
    var fields = RuleConfig.of(config, path, Set.of("schema"));
    var schema = fields.required("schema");
    if (!schema.is(JsonValue.Type.OBJECT) || schema.end() - schema.start() > LARGEST) {
      throw new InvalidDocument(
          fields.at("schema"),
          "Expected a JSON Schema, an object of at most " + LARGEST + " bytes.");
    }
    var compiled = schema(schema, fields.at("schema"));
    refuseCircle(compiled, fields.at("schema"));
    return new WholeText(id(), (text, _) -> breaks(compiled, text.original()) ? 1.0 : 0.0);
  }

  private static Schema schema(JsonValue value, String path) {
    JsonNode document = JSON.readTree(new String(value.bytes(), StandardCharsets.UTF_8));
    refuseForeign(document, path);
    refusePatterns(document, path);
    var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    var mistakes = meta.validate(document);
    if (!mistakes.isEmpty()) {
      var first = mistakes.getFirst();
      throw new InvalidDocument(
          path + first.getInstanceLocation().toString().replace('/', '.'),
          "Not a JSON Schema: " + first.getMessage() + ".");
    }
    return SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                .regularExpressionFactory(JsonSchemaGuardrail::linear)
                .build()))
        .getSchema(document);
  }

  /** A reference to itself would never end. */
  private static void refuseCircle(Schema schema, String path) {
    try {
      schema.validate(JSON.nullNode());
    } catch (StackOverflowError circle) {
      throw new InvalidDocument(path, "The schema refers to itself without end.");
    }
  }

  /** A reference out of the document would be fetched: none may stand in it. */
  private static void refuseForeign(JsonNode node, String path) {
    for (var name : Set.of("$ref", "$dynamicRef", "$schema", "$id")) {
      var reference = node.get(name);
      boolean known = reference == null
          || !reference.isString()
          || reference.asString().startsWith("#")
          || (name.equals("$schema")
              && reference.asString().equals("https://json-schema.org/draft/2020-12/schema"));
      if (!known) {
        throw new InvalidDocument(
            path + "." + name, "Expected a reference within the schema, one that begins with #.");
      }
    }
    for (var child : node) {
      refuseForeign(child, path);
    }
  }

  /** Patterns of a schema are an operator's too: linear in the answer, whatever they are. */
  private static RegularExpression linear(String source) {
    var pattern = Pattern.compile(source);
    return text -> pattern.matcher(text).find();
  }

  /** Refuses patterns that RE2 does not know, at every place where a schema may have one. */
  private static void refusePatterns(JsonNode node, String path) {
    var pattern = node.get("pattern");
    if (pattern != null && pattern.isString()) {
      known(pattern.asString(), path + ".pattern");
    }
    var properties = node.get("patternProperties");
    if (properties != null) {
      properties.propertyNames().forEach(name -> known(name, path + ".patternProperties"));
    }
    for (var child : node) {
      refusePatterns(child, path);
    }
  }

  private static void known(String pattern, String path) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException mistake) {
      throw new InvalidDocument(
          path, "Not a pattern in RE2 syntax: " + mistake.getDescription() + ".");
    }
  }

  private static boolean breaks(Schema schema, String text) {
    try {
      return !schema.validate(JSON.readTree(text)).isEmpty();
    } catch (JacksonException | StackOverflowError noJson) {
      // a document nested deeper than the stack fits no schema either
      return true;
    }
  }
}
