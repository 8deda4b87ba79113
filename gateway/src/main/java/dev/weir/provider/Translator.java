package dev.weir.provider;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.openai.UpstreamError;
import java.time.Instant;
import java.util.Optional;

/**
 * How a provider's protocol puts a request and reads its answer. Pure and safe for many threads; there is one a protocol.
 *
 * <p>Where client and provider speak the same, the client's own bytes go on, but for the model's name.
 */
public interface Translator {
  /** Whether the provider takes this operation as clients put it; none where no client speaks its protocol. */
  default boolean has(Operation operation) {
    return false;
  }

  /** A request of an operation that the provider {@link #has}: the client's own bytes. */
  default ProviderCall pass(ModelRequest request, String model) {
    throw new IllegalStateException("no client speaks this protocol");
  }

  /**
   * A conversation in this provider's words.
   *
   * @param at now, for answers that say when they were made
   * @throws GatewayException INVALID_VALUE naming the field that the provider's protocol cannot say
   */
  ProviderCall translate(ConversationRequest request, String model, Instant at);

  /**
   * The request as this provider takes it.
   *
   * @param model as the provider names it
   * @throws GatewayException as {@link #translate} does, or UPSTREAM_INVALID_REQUEST when it has nothing like the operation
   */
  default ProviderCall call(ModelRequest request, String model, Instant at) {
    if (has(request.operation())) {
      return pass(request, model);
    }
    if (request instanceof ConversationRequest conversation) {
      return translate(conversation, model, at);
    }
    throw GatewayException.of(
            ErrorCode.UPSTREAM_INVALID_REQUEST,
            "The provider of this model has nothing like " + request.operation().path() + ".")
        .param("model");
  }

  /**
   * How a credential is shown; {@link Presentation#NONE} for an empty secret.
   *
   * @throws IllegalArgumentException when it is none of this kind of provider; the message does not repeat it
   */
  Presentation present(Credential credential);

  /** What a refusal's body says, in OpenAI's words where the vendor's mean the same. */
  default UpstreamError error(byte[] body) {
    return UpstreamError.read(body);
  }

  /**
   * The request by which a provider is tried out.
   *
   * @param model one that it is known to have
   */
  default Probe probe(Optional<String> model) {
    return Probe.list("/models");
  }
}
