package dev.weir.protocol.openai;

import dev.weir.protocol.json.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/**
 * An embeddings answer of our own making, for models inside the process. Source: OpenAI API reference, "Create
 * embeddings" (read 2026-11-24).
 *
 * @param model as the client is to read it
 * @param vectors one an input, in their order; not to be written to afterwards
 * @param promptTokens what the inputs counted, all together
 */
public record EmbeddingsAnswer(String model, List<float[]> vectors, long promptTokens) {
  public EmbeddingsAnswer {
    vectors = List.copyOf(vectors);
  }

  /** The document, its vectors as arrays of numbers or as base64 of little-endian 32-bit floats. */
  public byte[] json(EmbeddingsRequest.Encoding encoding) {
    var json = new JsonWriter().object();
    json.name("object").value("list");
    json.name("data").array();
    for (int i = 0; i < vectors.size(); i++) {
      json.object().name("object").value("embedding").name("index").value(i).name("embedding");
      switch (encoding) {
        case FLOAT -> floats(json, vectors.get(i));
        case BASE64 -> json.value(base64(vectors.get(i)));
      }
      json.endObject();
    }
    json.endArray().name("model").value(model);
    json.name("usage").object().name("prompt_tokens").value(promptTokens);
    return json.name("total_tokens").value(promptTokens).endObject().endObject().bytes();
  }

  private static void floats(JsonWriter json, float[] vector) {
    json.array();
    for (float number : vector) {
      json.value(number);
    }
    json.endArray();
  }

  private static String base64(float[] vector) {
    var bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
