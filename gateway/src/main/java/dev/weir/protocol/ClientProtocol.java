package dev.weir.protocol;

import dev.weir.protocol.anthropic.CountTokensRequest;
import dev.weir.protocol.anthropic.MessagesRequest;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.protocol.openai.CompletionsRequest;
import dev.weir.protocol.openai.EmbeddingsRequest;
import dev.weir.protocol.openai.ResponsesRequest;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What clients may speak: one line and one case a protocol, and every stage serves it. */
public enum ClientProtocol {
  OPENAI_CHAT("openai.chat", "/v1/chat/completions", Dialect.OPENAI),
  OPENAI_EMBEDDINGS("openai.embeddings", "/v1/embeddings", Dialect.OPENAI),
  OPENAI_RESPONSES("openai.responses", "/v1/responses", Dialect.OPENAI_RESPONSES),
  OPENAI_COMPLETIONS("openai.completions", "/v1/completions", Dialect.OPENAI),
  ANTHROPIC_MESSAGES("anthropic.messages", "/v1/messages", Dialect.ANTHROPIC),
  ANTHROPIC_COUNT_TOKENS("anthropic.count_tokens", "/v1/messages/count_tokens", Dialect.ANTHROPIC);

  private final String id;
  private final String path;
  private final Dialect dialect;

  ClientProtocol(String id, String path, Dialect dialect) {
    this.id = id;
    this.path = path;
    this.dialect = dialect;
  }

  /** The protocol of a path of the gateway's own. */
  public static Optional<ClientProtocol> at(String path) {
    for (var protocol : values()) {
      if (protocol.path.equals(path)) {
        return Optional.of(protocol);
      }
    }
    return Optional.empty();
  }

  /** As operators' documents name it. */
  public String id() {
    return id;
  }

  /** Where the gateway serves it. */
  public String path() {
    return path;
  }

  public Dialect dialect() {
    return dialect;
  }

  /**
   * Reads and checks a request.
   *
   * @param header looks up a header of the request's; null when it has none of this name
   * @throws GatewayException INVALID_JSON for what is no strict JSON, INVALID_VALUE naming the field at fault
   */
  public ModelRequest read(byte[] body, Function<String, @Nullable String> header) {
    var headers = dialect.vendorHeaders(header);
    return switch (this) {
      case OPENAI_CHAT -> ChatRequest.read(body, headers);
      case OPENAI_EMBEDDINGS -> EmbeddingsRequest.read(body, headers);
      case OPENAI_RESPONSES -> ResponsesRequest.read(body, headers);
      case OPENAI_COMPLETIONS -> CompletionsRequest.read(body, headers);
      case ANTHROPIC_MESSAGES -> MessagesRequest.read(body, headers);
      case ANTHROPIC_COUNT_TOKENS -> CountTokensRequest.read(body, headers);
    };
  }
}
