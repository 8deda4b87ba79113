package dev.weir.provider;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.ConversationRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a provider's protocol puts a request and reads its answer. Pure and safe for many threads; there is one a protocol.
 *
 * <p>Where client and provider speak the same, the client's own bytes go on, but for the model's name.
 */
public interface Translator {
  /** Whether the provider takes this operation as clients put it. */
  boolean has(Operation operation);

  /** A request of an operation that the provider {@link #has}: the client's own bytes. */
  ProviderCall pass(ModelRequest request, String model);

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

  /** The headers that present a credential; none for an empty secret. Names in lower case. */
  List<Map.Entry<String, String>> present(Credential credential);
}
