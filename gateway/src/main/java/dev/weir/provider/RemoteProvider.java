package dev.weir.provider;

import java.net.URI;
import java.util.List;

/**
 * A vendor or server that is reached over HTTP. Immutable.
 *
 * @param name before the slash of {@code <provider>/<model>}
 * @param baseUrl up to and without the operation's path, no slash at the end: {@code https://host/v1}
 * @param credentials used in turn, never empty
 * @param models the models it is known to have; empty when any name is passed on
 * @param reach where its address may lie
 * @param translator its protocol
 */
public record RemoteProvider(
    String name,
    URI baseUrl,
    List<Credential> credentials,
    List<String> models,
    Reach reach,
    Translator translator)
    implements Provider {
  public RemoteProvider {
    credentials = credentials.isEmpty() ? List.of(Credential.NONE) : List.copyOf(credentials);
    models = List.copyOf(models);
  }

  /**
   * One of the operator's own that speaks OpenAI's protocol, with one key.
   *
   * @throws IllegalArgumentException when the key cannot stand in a header; the message does not repeat it
   */
  public RemoteProvider(String name, URI baseUrl, String apiKey, List<String> models) {
    this(
        name,
        baseUrl,
        apiKey.isEmpty() ? List.of() : List.of(new Credential(name, apiKey)),
        models,
        Reach.ANYWHERE,
        OpenAiTranslator.INSTANCE);
  }

  /** By name alone: it is asked for on each request, and names differ. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** Without the keys: this text ends up in logs. */
  @Override
  public String toString() {
    return "RemoteProvider[" + name + "]";
  }
}
