package dev.weir.admin;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
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
  private static final String LOCATION = "https://weir.invalid/openapi.json";
  private static final String RESOURCE = "/openapi/admin.yaml";
  private static final List<String> METHODS = List.of("get", "post", "patch", "delete");
  // a number keeps all its digits
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();

  private final JsonNode document;
  private final List<AdminOperation> operations;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
  private final SchemaRegistry registry;

  private AdminContract(JsonNode document) {
    this.document = document;
    this.operations = List.copyOf(readOperations(document));
    this.registry = SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder -> builder
            .schemas(Map.of(LOCATION, document.toString()))
            .schemaRegistryConfig(
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
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
    return write(document);
  }

  JsonNode document() {
    return document;
  }

  static byte[] write(JsonNode node) {
    return JSON.writeValueAsBytes(node);
  }

  /**
   * Reads and checks a request's body.
   *
   * @throws GatewayException INVALID_JSON, or INVALID_VALUE naming the first field at fault
   */
  ObjectNode read(AdminOperation operation, byte[] body) {
    if (operation.bodySchema().isEmpty()) {
      return JSON.createObjectNode();
    }
    var node = parse(body);
    var errors = schema(operation.bodySchema().get()).validate(node);
    if (!errors.isEmpty()) {
      throw refusal(errors.getFirst());
    }
    return (ObjectNode) node;
  }

  // the gateway's own check first: it refuses what two parsers could read in two ways
  private static JsonNode parse(byte[] body) {
    var _ = JsonObject.read(body);
    try {
      return JSON.readTree(body);
    } catch (JacksonException bad) {
      throw GatewayException.of(ErrorCode.INVALID_JSON, "The body is not a JSON document.")
          .detail(String.valueOf(bad.getMessage()));
    }
  }

  private Schema schema(String name) {
    return schemas.computeIfAbsent(
        name,
        _ -> registry.getSchema(SchemaLocation.of(LOCATION + "#/components/schemas/" + name)));
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
          found.add(readOperation(document, method, path.getKey(), node));
        }
      }
    }
    return found;
  }

  private static AdminOperation readOperation(
      JsonNode document, String method, String path, JsonNode node) {
    var ref = node.at("/requestBody/content/application~1json/schema/$ref").asString("");
    return new AdminOperation(
        node.get("operationId").asString(),
        method.toUpperCase(Locale.ROOT),
        path,
        Role.of(node.get("x-weir-role").asString()),
        AdminOperation.Reach.valueOf(
            node.path("x-weir-reach").asString("tenant").toUpperCase(Locale.ROOT)),
        node.get("x-weir-resource").asString(),
        queryParameters(document, node),
        ref.isEmpty() ? Optional.empty() : Optional.of(ref.substring(ref.lastIndexOf('/') + 1)));
  }

  private static List<AdminOperation.QueryParameter> queryParameters(
      JsonNode document, JsonNode operation) {
    var found = new ArrayList<AdminOperation.QueryParameter>();
    for (var reference : operation.path("parameters")) {
      var parameter = document.at(reference.get("$ref").asString().substring(1));
      if (parameter.get("in").asString().equals("query")) {
        found.add(new AdminOperation.QueryParameter(
            parameter.get("name").asString(), parameter.get("schema")));
      }
    }
    return found;
  }
}
