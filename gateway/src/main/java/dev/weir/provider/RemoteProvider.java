package dev.weir.provider;

import java.net.URI;
import java.util.List;

/**
 * A vendor or server that speaks OpenAI's protocol over HTTP.
 *
 * @param name before the slash of {@code <provider>/<model>}
 * @param baseUrl up to and without the operation's path, no slash at the end: {@code https://host/v1}
 * @param apiKey sent as {@code Authorization: Bearer}; empty for a server that wants none
 * @param models the models it is known to have; empty when any name is passed on
 */
public record RemoteProvider(String name, URI baseUrl, String apiKey, List<String> models)
    implements Provider {
  /**
   * @throws IllegalArgumentException when the key cannot stand in a header; the message does not repeat it
   */
  public RemoteProvider {
    if (!apiKey.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("the API key of the provider " + name
          + " holds a space, a line end or another character" + " that no header can carry");
    }
    models = List.copyOf(models);
  }

  /** Without the key: this text ends up in logs. */
  @Override
  public String toString() {
    return "RemoteProvider[" + name + "]";
  }
}
