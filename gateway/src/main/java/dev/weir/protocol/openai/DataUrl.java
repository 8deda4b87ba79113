package dev.weir.protocol.openai;

import dev.weir.protocol.conversation.Media;
import dev.weir.protocol.json.JsonFields;

/** Where OpenAI's protocols keep the bytes of images and files: an address, or the bytes in it (RFC 2397). Stateless. */
final class DataUrl {
  private static final String SCHEME = "data:";
  private static final String BASE64 = ";base64";

  private DataUrl() {}

  static Media media(JsonFields where, String name) {
    var url = where.requiredText(name);
    if (!url.startsWith(SCHEME)) {
      return new Media.Address(url);
    }
    var comma = url.indexOf(',');
    var head = comma < 0 ? "" : url.substring(SCHEME.length(), comma);
    if (!head.endsWith(BASE64)) {
      throw where.wrong(name, "must be an address or a data URL in base64");
    }
    return new Media.Inline(
        head.substring(0, head.length() - BASE64.length()), url.substring(comma + 1));
  }
}
