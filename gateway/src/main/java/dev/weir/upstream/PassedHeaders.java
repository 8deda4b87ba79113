package dev.weir.upstream;

import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The response headers of an upstream that reach the client: those on a list, none of which can hold a key or a host. */
final class PassedHeaders {
  private static final List<String> NAMES =
      List.of("openai-processing-ms", "openai-version", "openai-model");
  private static final int LONGEST = 128;

  private PassedHeaders() {}

  static List<Map.Entry<String, String>> of(HttpClientResponse response) {
    var headers = new ArrayList<Map.Entry<String, String>>(NAMES.size());
    for (var name : NAMES) {
      var value = response.getHeader(name);
      if (value != null && plain(value)) {
        headers.add(Map.entry(name, value));
      }
    }
    return headers;
  }

  // what is no plain text would be refused by the client's own side, after the answer was committed
  private static boolean plain(String value) {
    return value.length() <= LONGEST && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }
}
