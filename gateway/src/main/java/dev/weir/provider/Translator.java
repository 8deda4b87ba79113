package dev.weir.provider;

import dev.weir.protocol.ModelRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a provider's protocol puts a request and reads its answer. Pure and safe for many threads; there is one a protocol.
 *
 * <p>Where client and provider speak the same, the client's own bytes go on, but for the model's name.
 */
public interface Translator {
  /**
   * The request as this provider takes it.
   *
   * @param model as the provider names it
   * @param at now, for answers that say when they were made
   * @throws dev.weir.protocol.GatewayException INVALID_VALUE naming the field that the provider's protocol cannot say, or
   *     UPSTREAM_INVALID_REQUEST when it has nothing like the operation
   */
  ProviderCall call(ModelRequest request, String model, Instant at);

  /** The headers that present a credential; none for an empty secret. Names in lower case. */
  List<Map.Entry<String, String>> present(Credential credential);
}
