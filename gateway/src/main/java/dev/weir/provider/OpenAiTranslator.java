package dev.weir.provider;

import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.conversation.TranslatedReader;
import dev.weir.protocol.openai.ChatAnswerDecoder;
import dev.weir.protocol.openai.ChatRequestWriter;
import java.time.Instant;
import java.util.List;

/** OpenAI's protocol, as OpenAI and all compatible servers speak it. Stateless. */
public final class OpenAiTranslator implements Translator {
  /** The only one that is needed. */
  public static final OpenAiTranslator INSTANCE = new OpenAiTranslator();

  private OpenAiTranslator() {}

  @Override
  public boolean has(Operation operation) {
    return switch (operation) {
      case CHAT_COMPLETIONS, EMBEDDINGS, RESPONSES, COMPLETIONS -> true;
      case MESSAGES, COUNT_TOKENS -> false;
    };
  }

  @Override
  public ProviderCall pass(ModelRequest request, String model) {
    return new ProviderCall(
        request.operation(),
        request.operation().path(),
        request.headers(),
        request.bodyFor(model),
        request.reader());
  }

  @Override
  public ProviderCall translate(ConversationRequest request, String model, Instant at) {
    var conversation = request.conversation();
    return new ProviderCall(
        Operation.CHAT_COMPLETIONS,
        Operation.CHAT_COMPLETIONS.path(),
        List.of(),
        ChatRequestWriter.write(conversation, model),
        new TranslatedReader(
            new ChatAnswerDecoder(),
            request.encoder(at),
            conversation.settings().choices()));
  }

  @Override
  public Presentation present(Credential credential) {
    return Presentation.header("authorization", "Bearer ", credential);
  }
}
