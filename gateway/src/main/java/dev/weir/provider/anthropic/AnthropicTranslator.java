package dev.weir.provider.anthropic;

import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.anthropic.MessagesAnswerDecoder;
import dev.weir.protocol.anthropic.MessagesRequestWriter;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.conversation.TranslatedReader;
import dev.weir.provider.Credential;
import dev.weir.provider.Presentation;
import dev.weir.provider.ProviderCall;
import dev.weir.provider.Translator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Anthropic's messages protocol, as Anthropic speaks it. Stateless. */
public final class AnthropicTranslator implements Translator {
  /** The only one that is needed. */
  public static final AnthropicTranslator INSTANCE = new AnthropicTranslator();

  private static final Map.Entry<String, String> VERSION =
      Map.entry("anthropic-version", "2023-06-01");

  private AnthropicTranslator() {}

  @Override
  public boolean has(Operation operation) {
    return operation == Operation.MESSAGES || operation == Operation.COUNT_TOKENS;
  }

  @Override
  public ProviderCall pass(ModelRequest request, String model) {
    return new ProviderCall(
        request.operation(),
        request.operation().path(),
        versioned(request.headers()),
        request.bodyFor(model),
        request.reader());
  }

  /** The client's version where it names one: its answers are in the shapes of that day. */
  private static List<Map.Entry<String, String>> versioned(
      List<Map.Entry<String, String>> headers) {
    if (headers.stream().anyMatch(header -> header.getKey().equals(VERSION.getKey()))) {
      return headers;
    }
    var all = new ArrayList<>(headers);
    all.add(VERSION);
    return all;
  }

  @Override
  public ProviderCall translate(ConversationRequest request, String model, Instant at) {
    var conversation = request.conversation();
    return new ProviderCall(
        Operation.MESSAGES,
        Operation.MESSAGES.path(),
        List.of(VERSION),
        MessagesRequestWriter.write(conversation, model),
        new TranslatedReader(new MessagesAnswerDecoder(), request.encoder(at), 1));
  }

  @Override
  public Presentation present(Credential credential) {
    return Presentation.header("x-api-key", "", credential);
  }
}
