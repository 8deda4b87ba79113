package dev.weir.provider;

import dev.weir.protocol.Operation;
import dev.weir.protocol.Reply;
import java.util.List;

/**
 * A provider that answers inside this process: the sandbox, the local embeddings.
 *
 * <p>Implementations are safe for many threads at once; {@link #answer} is called on a virtual thread and may park.
 */
public non-sealed interface LocalProvider extends Provider {
  /** The models it answers to, never empty. */
  @Override
  List<String> models();

  /**
   * Answers one request.
   *
   * @param model one of {@link #models}, as asked for
   * @param body the client's own JSON document, whose {@code model} may be spelled otherwise
   * @throws dev.weir.protocol.GatewayException what the client is to be told instead
   */
  Reply answer(Operation operation, String model, byte[] body);
}
