package dev.weir.provider.gemini;

import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.conversation.TranslatedReader;
import dev.weir.protocol.openai.UpstreamError;
import dev.weir.provider.Credential;
import dev.weir.provider.PathSegment;
import dev.weir.provider.Presentation;
import dev.weir.provider.Probe;
import dev.weir.provider.ProviderCall;
import dev.weir.provider.Translator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gemini's protocol at one of its two addresses. Immutable. */
public record GeminiTranslator(Surface surface) implements Translator {
  /** Where the protocol is spoken. */
  public enum Surface {
    /** The Gemini API with an API key; base URL {@code https://generativelanguage.googleapis.com/v1beta}. */
    GEMINI_API,
    /** A project on Google Cloud with a service account; the base URL holds project and location. */
    VERTEX
  }

  @Override
  public ProviderCall translate(ConversationRequest request, String model, Instant at) {
    var conversation = request.conversation();
    var choices = conversation.settings().choices();
    var method = conversation.delivery() == Conversation.Delivery.STREAM
        ? ":streamGenerateContent?alt=sse"
        : ":generateContent";
    return new ProviderCall(
        Operation.CHAT_COMPLETIONS,
        path(model) + method,
        List.of(),
        GeminiRequestWriter.write(conversation, model, surface),
        new TranslatedReader(new GeminiAnswerDecoder(choices), request.encoder(at), choices));
  }

  private String path(String model) {
    return switch (surface) {
      case GEMINI_API -> {
        var tuned = model.startsWith("tunedModels/");
        var name =
            tuned || model.startsWith("models/") ? model.substring(model.indexOf('/') + 1) : model;
        yield (tuned ? "/tunedModels/" : "/models/") + PathSegment.of(name);
      }
      case VERTEX ->
        // a model of the customer's own is served by an endpoint
        model.startsWith("endpoints/")
            ? "/endpoints/" + PathSegment.of(model.substring("endpoints/".length()))
            : "/publishers/google/models/" + PathSegment.of(model);
    };
  }

  @Override
  public Presentation present(Credential credential) {
    return switch (surface) {
      case GEMINI_API -> Presentation.header("x-goog-api-key", "", credential);
      case VERTEX ->
        credential.document()
            ? new Presentation.Token(ServiceAccount.read(credential))
            // an access token of the operator's own making
            : Presentation.header("authorization", "Bearer ", credential);
    };
  }

  @Override
  public UpstreamError error(byte[] body) {
    return GeminiErrors.read(body);
  }

  @Override
  public Probe probe(Optional<String> model) {
    return switch (surface) {
      case GEMINI_API -> Probe.list("/models");
      case VERTEX ->
        Probe.post(
            path(model.orElse("weir-probe")) + ":countTokens",
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"ping\"}]}]}"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            model.isPresent() ? 200 : 404);
    };
  }
}
