package dev.weir.admin;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The admin API's OpenAPI document: what may be called, by which role, with which body. Router and checks are made from it,
 * so that it cannot disagree with them. Immutable, safe for many threads.
 */
public final class AdminContract {
  private static final String RESOURCE = "/openapi/admin.yaml";
  private static final List<String> METHODS = List.of("get", "post", "patch", "delete");
  private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final JsonNode document;
  private final List<AdminOperation> operations;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
  private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
      SpecificationVersion.DRAFT_2020_12,
      builder -> builder.schemaRegistryConfig(
          SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private AdminContract(JsonNode document) {
    this.document = document;
    this.operations = List.copyOf(readOperations(document));
  }

  /** The document that this build was made with. */
  public static AdminContract load() {
    try (InputStream in = AdminContract.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + RESOURCE);
      }
      return new AdminContract(new YAMLMapper().readTree(in));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public List<AdminOperation> operations() {
    return operations;
  }

  /** The document as JSON. */
  public byte[] json() {
    return STRICT.writeValueAsBytes(document);
  }

  /**
   * Reads and checks a request's body.
   *
   * @throws GatewayException INVALID_JSON, or INVALID_VALUE naming the first field at fault
   */
  ObjectNode read(AdminOperation operation, byte[] body) {
    if (operation.bodySchema().isEmpty()) {
      return STRICT.createObjectNode();
    }
    var node = parse(body);
    var errors = schema(operation.bodySchema().get()).validate(node);
    if (!errors.isEmpty()) {
      throw refusal(errors.getFirst());
    }
    return (ObjectNode) node;
  }

  private static JsonNode parse(byte[] body) {
    try {
      return STRICT.readTree(body);
    } catch (JacksonException bad) {
      throw GatewayException.of(ErrorCode.INVALID_JSON, "The body is not a JSON document.")
          .detail(String.valueOf(bad.getMessage()));
    }
  }

  private Schema schema(String name) {
    return schemas.computeIfAbsent(name, _ -> {
      var root = STRICT.createObjectNode();
      root.put("$ref", "#/components/schemas/" + name);
      root.set("components", document.get("components"));
      return registry.getSchema(root);
    });
  }

  private static GatewayException refusal(Error error) {
    var path = fieldPath(error);
    var message = error.getKeyword().equals("additionalProperties")
        ? "Unknown field, or one that only the server sets: " + path + "."
        : "Wrong value for " + (path.isEmpty() ? "the body" : path) + ": " + error.getMessage()
            + ".";
    return GatewayException.of(ErrorCode.INVALID_VALUE, message + " See /openapi.json.")
        .param(path);
  }

  private static String fieldPath(Error error) {
    var path = new StringBuilder();
    for (var i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      var element = error.getInstanceLocation().getElement(i);
      if (element instanceof Integer index) {
        path.append('[').append(index).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(element);
      }
    }
    var property = error.getProperty();
    if (property != null) {
      path.append(path.isEmpty() ? "" : ".").append(property);
    }
    return path.toString();
  }

  private static List<AdminOperation> readOperations(JsonNode document) {
    var found = new ArrayList<AdminOperation>();
    for (var path : document.get("paths").properties()) {
      for (var method : METHODS) {
        var node = path.getValue().get(method);
        if (node != null) {
          found.add(readOperation(method, path.getKey(), node));
        }
      }
    }
    return found;
  }

  private static AdminOperation readOperation(String method, String path, JsonNode node) {
    var ref = node.at("/requestBody/content/application~1json/schema/$ref").asString("");
    return new AdminOperation(
        node.get("operationId").asString(),
        method.toUpperCase(java.util.Locale.ROOT),
        path,
        Role.of(node.get("x-weir-role").asString()),
        node.get("x-weir-resource").asString(),
        ref.isEmpty() ? Optional.empty() : Optional.of(ref.substring(ref.lastIndexOf('/') + 1)));
  }
}
