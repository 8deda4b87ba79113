package dev.weir.config;

/** A configuration, and where each of its values was written. Immutable. */
public final class WrittenConfig {
  private final GatewayConfig config;
  private final ConfigNode.Mapping written;

  WrittenConfig(GatewayConfig config, ConfigNode.Mapping written) {
    this.config = config;
    this.written = written;
  }

  public GatewayConfig config() {
    return config;
  }

  /**
   * A failure that names the place of a value.
   *
   * @param path such as {@code resources.teams[2].department}; what is not in the file is placed at what surrounds it
   */
  public ConfigFailure failure(String path, String what) {
    return new ConfigFailure(
        ConfigPath.origin(written, path) + ": " + (path.isEmpty() ? "" : path + ": ") + what);
  }
}
