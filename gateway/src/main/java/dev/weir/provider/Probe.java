package dev.weir.provider;

/**
 * The request by which a provider is tried out: it costs nothing, or next to nothing. Immutable.
 *
 * @param method GET or POST
 * @param path follows the base URL
 * @param body empty for none
 * @param well a status besides 200 that says as much: the credential was taken, and what it asked for is not there
 */
public record Probe(String method, String path, byte[] body, int well) {
  /** Asks for the list of models at a path. */
  public static Probe list(String path) {
    return new Probe("GET", path, new byte[0], 200);
  }

  /** Asks for something small. */
  public static Probe post(String path, byte[] body, int well) {
    return new Probe("POST", path, body, well);
  }
}
