package dev.weir.protocol.openai;

import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonSplice;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.RequestFields;
import java.nio.charset.StandardCharsets;

/** {@code stream_options.include_usage}: whether a client asked for it, and how the gateway asks besides. Stateless. */
final class StreamUsage {
  private static final byte[] ASK_IN_DOCUMENT =
      ascii(",\"stream_options\":{\"include_usage\":true}");
  private static final byte[] ASK_IN_OPTIONS = ascii("{\"include_usage\":true}");
  private static final byte[] ASK_FIRST = ascii("\"include_usage\":true,");
  private static final byte[] TRUE = ascii("true");

  private StreamUsage() {}

  static boolean asked(JsonObject document) {
    var options = RequestFields.present(document.find("stream_options"));
    if (options == null) {
      return false;
    }
    if (!options.is(JsonValue.Type.OBJECT)) {
      throw RequestFields.wrongType("stream_options", "an object", options);
    }
    return RequestFields.flag(options.find("include_usage"), "stream_options.include_usage");
  }

  /** Asks in a document that does not. */
  static void ask(JsonObject document, JsonSplice splice) {
    var options = document.find("stream_options");
    if (options == null) {
      splice.insert(document.member(document.size() - 1).valueEnd(), ASK_IN_DOCUMENT);
    } else if (options.isNull() || options.isEmpty()) {
      splice.replace(options.start(), options.end(), ASK_IN_OPTIONS);
    } else {
      var flag = options.find("include_usage");
      if (flag == null) {
        splice.insert(options.start() + 1, ASK_FIRST);
      } else {
        splice.replace(flag.start(), flag.end(), TRUE);
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
