package dev.weir.protocol;

import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonSplice;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.json.RequestFields;
import java.util.List;
import java.util.Map;

/**
 * A request that is the client's JSON document: checked where the gateway reads it, untouched where it does not. Immutable as
 * long as nobody writes to the array it was read from.
 */
public abstract class DocumentRequest implements ModelRequest {
  private final JsonObject document;
  private final String model;
  private final List<Map.Entry<String, String>> headers;

  /**
   * Reads what all such requests have.
   *
   * @param headers of {@link ModelRequest#headers}
   * @throws GatewayException INVALID_VALUE when the document names no model
   */
  protected DocumentRequest(JsonObject document, List<Map.Entry<String, String>> headers) {
    this.document = document;
    this.model = RequestFields.model(document);
    this.headers = List.copyOf(headers);
  }

  @Override
  public final String model() {
    return model;
  }

  @Override
  public boolean stream() {
    return RequestFields.flag(document.find("stream"), "stream");
  }

  @Override
  public final JsonObject document() {
    return document;
  }

  @Override
  public final List<Map.Entry<String, String>> headers() {
    return headers;
  }

  @Override
  public byte[] bodyFor(String upstreamModel) {
    return edit(upstreamModel).apply();
  }

  /** The client's bytes with another model's name, open for further edits. */
  protected final JsonSplice edit(String upstreamModel) {
    var splice = JsonSplice.of(document.document());
    if (!upstreamModel.equals(model)) {
      var value = RequestFields.required(document, "model");
      splice.replace(value.start(), value.end(), JsonWriter.string(upstreamModel));
    }
    return splice;
  }

  /** The document's members, each read as the type it must have. */
  protected final JsonFields fields() {
    return JsonFields.of(document, JsonFields.Author.CLIENT);
  }
}
