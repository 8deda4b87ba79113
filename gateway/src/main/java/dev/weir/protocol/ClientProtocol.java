package dev.weir.protocol;

import dev.weir.protocol.anthropic.MessagesRequest;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.protocol.openai.EmbeddingsRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What clients may speak: one line a protocol, and every stage serves it. */
public enum ClientProtocol {
  OPENAI_CHAT("openai.chat", "/v1/chat/completions", Dialect.OPENAI, ChatRequest::read),
  OPENAI_EMBEDDINGS("openai.embeddings", "/v1/embeddings", Dialect.OPENAI, EmbeddingsRequest::read),
  ANTHROPIC_MESSAGES(
      "anthropic.messages", "/v1/messages", Dialect.ANTHROPIC, MessagesRequest::read);

  private final String id;
  private final String path;
  private final Dialect dialect;
  private final Reader reader;

  /** Reads and checks a request's document; the headers are those of {@link ModelRequest#headers}. */
  @FunctionalInterface
  private interface Reader {
    ModelRequest read(byte[] body, List<Map.Entry<String, String>> headers);
  }

  ClientProtocol(String id, String path, Dialect dialect, Reader reader) {
    this.id = id;
    this.path = path;
    this.dialect = dialect;
    this.reader = reader;
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
    return reader.read(body, dialect.vendorHeaders(header));
  }
}
