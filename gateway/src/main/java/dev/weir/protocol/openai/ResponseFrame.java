package dev.weir.protocol.openai;

import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What stands around the output of a response: the request's own settings said back, and how the answer stands. Immutable.
 * Source: OpenAI API reference, "The response object" (read 2026-11-25).
 *
 * @param model as the client named it
 * @param createdAt seconds since 1970
 */
record ResponseFrame(JsonObject request, String model, long createdAt) {
  /** The settings that a response repeats, each with what stands where the request says nothing. */
  private static final List<Map.Entry<String, String>> SAID_BACK = List.of(
      Map.entry("instructions", "null"),
      Map.entry("max_output_tokens", "null"),
      Map.entry("metadata", "{}"),
      Map.entry("parallel_tool_calls", "true"),
      Map.entry("reasoning", "{\"effort\":null,\"summary\":null}"),
      Map.entry("temperature", "null"),
      Map.entry("text", "{\"format\":{\"type\":\"text\"}}"),
      Map.entry("tool_choice", "\"auto\""),
      Map.entry("tools", "[]"),
      Map.entry("top_p", "null"),
      Map.entry("truncation", "\"disabled\""),
      Map.entry("user", "null"));

  /**
   * A response as it stands.
   *
   * @param status in_progress, completed or incomplete
   * @param why the reason of an incomplete one; empty otherwise
   */
  byte[] write(String id, String status, String why, List<byte[]> output, TokenUsage usage) {
    var json = new JsonWriter().object().name("id").value(id).name("object").value("response");
    json.name("created_at").value(createdAt).name("status").value(status);
    json.name("background").value(false).name("error").nullValue();
    json.name("incomplete_details");
    if (why.isEmpty()) {
      json.nullValue();
    } else {
      json.object().name("reason").value(why).endObject();
    }
    json.name("model").value(model).name("output").array();
    output.forEach(json::raw);
    json.endArray().name("previous_response_id").nullValue().name("store").value(false);
    for (var setting : SAID_BACK) {
      var said = request.find(setting.getKey());
      json.name(setting.getKey())
          .raw(
              said == null || said.isNull()
                  ? setting.getValue().getBytes(StandardCharsets.US_ASCII)
                  : said.bytes());
    }
    json.name("usage");
    usage(json, usage);
    return json.endObject().bytes();
  }

  private static void usage(JsonWriter json, TokenUsage usage) {
    if (!usage.known()) {
      json.nullValue();
      return;
    }
    json.object().name("input_tokens").value(usage.input());
    json.name("input_tokens_details").object();
    json.name("cached_tokens").value(usage.cachedInput()).endObject();
    json.name("output_tokens").value(usage.output());
    json.name("output_tokens_details").object();
    json.name("reasoning_tokens").value(usage.reasoning()).endObject();
    json.name("total_tokens").value(usage.input() + usage.output()).endObject();
  }
}
