package dev.weir.bench.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads a table of peers: a JSON array of {@link ServiceDefinition}, names in snake case. Stateless. */
public final class Peers {
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .build();

  private Peers() {}

  public static List<ServiceDefinition> read(Path table) throws IOException {
    return List.of(JSON.readValue(Files.readString(table), ServiceDefinition[].class));
  }
}
