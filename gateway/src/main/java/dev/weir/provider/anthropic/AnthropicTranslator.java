package dev.weir.provider.anthropic;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.anthropic.MessagesAnswerDecoder;
import dev.weir.protocol.anthropic.MessagesRequest;
import dev.weir.protocol.anthropic.MessagesRequestWriter;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.conversation.TranslatedReader;
import dev.weir.provider.Credential;
import dev.weir.provider.ProviderCall;
import dev.weir.provider.Translator;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Anthropic's messages protocol, as Anthropic speaks it. Stateless. */
public final class AnthropicTranslator implements Translator {
  /** The only one that is needed. */
  public static final AnthropicTranslator INSTANCE = new AnthropicTranslator();

  private static final String PATH = "/messages";
  private static final List<Map.Entry<String, String>> VERSION =
      List.of(Map.entry("anthropic-version", "2023-06-01"));

  private AnthropicTranslator() {}

  @Override
  public ProviderCall call(ModelRequest request, String model, Instant at) {
    return switch (request.operation()) {
      case MESSAGES ->
        new ProviderCall(
            Operation.MESSAGES,
            PATH,
            headers((MessagesRequest) request),
            request.bodyFor(model),
            request.reader());
      case CHAT_COMPLETIONS -> translated((ConversationRequest) request, model, at);
      case EMBEDDINGS ->
        throw GatewayException.of(
                ErrorCode.UPSTREAM_INVALID_REQUEST, "The provider of this model has no embeddings.")
            .param("model");
    };
  }

  private static List<Map.Entry<String, String>> headers(MessagesRequest request) {
    return request
        .beta()
        .map(beta -> List.of(VERSION.getFirst(), Map.entry("anthropic-beta", beta)))
        .orElse(VERSION);
  }

  private static ProviderCall translated(ConversationRequest request, String model, Instant at) {
    var conversation = request.conversation();
    return new ProviderCall(
        Operation.MESSAGES,
        PATH,
        VERSION,
        MessagesRequestWriter.write(conversation, model),
        new TranslatedReader(new MessagesAnswerDecoder(), request.encoder(at), 1));
  }

  @Override
  public List<Map.Entry<String, String>> present(Credential credential) {
    return credential.secret().isEmpty()
        ? List.of()
        : List.of(Map.entry("x-api-key", credential.secret()));
  }
}
