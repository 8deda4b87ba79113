package dev.weir.provider;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.Operation;
import java.util.List;
import java.util.Map;

/**
 * One request as it is put to a provider. Immutable, but for the reader, which is of one attempt.
 *
 * @param operation what the provider is asked for, which may be another than the client asked
 * @param path follows the base URL, its leading slash included, a query perhaps
 * @param headers besides the usual ones, names in lower case
 * @param reader reads the answer, and says what of it the client gets
 * @param framing of the answer, if it is a stream
 */
public record ProviderCall(
    Operation operation,
    String path,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    AnswerReader reader,
    Framing framing) {
  /** One whose streams are server-sent events. */
  public ProviderCall(
      Operation operation,
      String path,
      List<Map.Entry<String, String>> headers,
      byte[] body,
      AnswerReader reader) {
    this(operation, path, headers, body, reader, Framing.EVENTS);
  }
}
