package dev.weir.provider.bedrock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.conversation.TranslatedReader;
import dev.weir.protocol.openai.UpstreamError;
import dev.weir.provider.Credential;
import dev.weir.provider.Framing;
import dev.weir.provider.PathSegment;
import dev.weir.provider.Presentation;
import dev.weir.provider.Probe;
import dev.weir.provider.ProviderCall;
import dev.weir.provider.Translator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Bedrock's Converse API in a region. Immutable. */
record BedrockTranslator(String region) implements Translator {
  static final Framing FRAMING =
      new Framing("application/vnd.amazon.eventstream", EventStreamSplitter::new);

  @Override
  public ProviderCall translate(ConversationRequest request, String model, Instant at) {
    var conversation = request.conversation();
    var streamed = conversation.delivery() == Conversation.Delivery.STREAM;
    return new ProviderCall(
        Operation.CHAT_COMPLETIONS,
        "/model/" + PathSegment.of(model) + (streamed ? "/converse-stream" : "/converse"),
        List.of(),
        ConverseRequestWriter.write(conversation, model),
        new TranslatedReader(
            new ConverseAnswerDecoder(answerId(at), model), request.encoder(at), 1),
        FRAMING);
  }

  /** Answers come without one. */
  private static String answerId(Instant at) {
    return "br" + Long.toString(at.getEpochSecond() * 1_000_000_000 + at.getNano(), 36);
  }

  @Override
  public Presentation present(Credential credential) {
    return credential.document()
        ? AccessKey.read(credential, region)
        : Presentation.header("authorization", "Bearer ", credential);
  }

  @Override
  public UpstreamError error(byte[] body) {
    var error = UpstreamError.read(body);
    var message = error.message();
    return message.contains("too long") || message.contains("maximum context length")
        ? new UpstreamError("context_length_exceeded", error.type(), message, "")
        : error;
  }

  /** There is no list here: a model that is not there is refused once the signature was found good. */
  @Override
  public Probe probe(Optional<String> model) {
    var body = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"ping\"}]}],"
        + "\"inferenceConfig\":{\"maxTokens\":1}}";
    return Probe.post(
        "/model/" + PathSegment.of(model.orElse("weir.probe-v1:0")) + "/converse",
        body.getBytes(US_ASCII),
        model.isPresent() ? 200 : 400);
  }
}
