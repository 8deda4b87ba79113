package dev.weir.provider.cohere;

import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.conversation.TranslatedReader;
import dev.weir.protocol.openai.UpstreamError;
import dev.weir.provider.Credential;
import dev.weir.provider.Presentation;
import dev.weir.provider.Probe;
import dev.weir.provider.ProviderCall;
import dev.weir.provider.Translator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Cohere's chat, second version. Immutable. */
record CohereTranslator() implements Translator {
  @Override
  public ProviderCall translate(ConversationRequest request, String model, Instant at) {
    return new ProviderCall(
        Operation.CHAT_COMPLETIONS,
        "/v2/chat",
        List.of(),
        CohereRequestWriter.write(request.conversation(), model),
        new TranslatedReader(new CohereAnswerDecoder(model), request.encoder(at), 1));
  }

  @Override
  public Presentation present(Credential credential) {
    return Presentation.header("authorization", "Bearer ", credential);
  }

  @Override
  public UpstreamError error(byte[] body) {
    var error = UpstreamError.read(body);
    return error.message().contains("too many tokens")
        ? new UpstreamError("context_length_exceeded", error.type(), error.message(), "")
        : error;
  }

  @Override
  public Probe probe(Optional<String> model) {
    return Probe.list("/v1/models");
  }
}
