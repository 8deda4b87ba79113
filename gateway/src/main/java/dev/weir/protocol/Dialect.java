package dev.weir.protocol;

import dev.weir.protocol.openai.ErrorBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the clients of a path read a failure, and which headers of theirs are for their own vendor. */
public enum Dialect {
  OPENAI,
  /** OpenAI's, with the events of responses. */
  OPENAI_RESPONSES,
  ANTHROPIC;

  private static final int LONGEST_HEADER = 1024;

  private static final List<String> OPENAI_HEADERS =
      List.of("openai-organization", "openai-project", "openai-beta");
  private static final List<String> ANTHROPIC_HEADERS =
      List.of("anthropic-version", "anthropic-beta");

  /** The headers of a request that go on where the provider speaks the client's protocol: those on the list, plain and short. */
  List<Map.Entry<String, String>> vendorHeaders(Function<String, @Nullable String> header) {
    var found = new ArrayList<Map.Entry<String, String>>(0);
    for (var name : this == ANTHROPIC ? ANTHROPIC_HEADERS : OPENAI_HEADERS) {
      var value = header.apply(name);
      if (value != null
          && value.length() <= LONGEST_HEADER
          && value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
        found.add(Map.entry(name, value));
      }
    }
    return found;
  }

  /** The document of a failure. */
  public byte[] error(GatewayException failure, String requestId) {
    return switch (this) {
      case OPENAI, OPENAI_RESPONSES -> ErrorBody.openai(failure);
      case ANTHROPIC -> ErrorBody.anthropic(failure, requestId);
    };
  }

  /**
   * The event that ends a stream which broke; no terminator follows it.
   *
   * @param number of the event, where the dialect numbers them
   */
  public byte[] errorEvent(GatewayException failure, String requestId, long number) {
    return switch (this) {
      case OPENAI -> ErrorBody.openaiEvent(failure);
      case OPENAI_RESPONSES -> ErrorBody.responsesEvent(failure, number);
      case ANTHROPIC -> ErrorBody.anthropicEvent(failure, requestId);
    };
  }
}
