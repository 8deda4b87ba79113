package dev.weir.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BuiltInPathsTest {
  private static final Pattern ROUTE = Pattern.compile("\\.(?:get|post)\\(\\s*\"(/[^\"]+)\"");

  @Test
  void no_path_of_the_gateways_own_is_left_to_tenants() throws IOException {
    var source = Files.readString(Path.of("src/main/java/dev/weir/Gateway.java"));
    var found = 0;
    for (var route : ROUTE.matcher(source).results().toList()) {
      var path = route.group(1);
      if (!path.equals("/metrics")) {
        assertThat(BuiltInPaths.contains(path)).as(path).isTrue();
        found++;
      }
    }
    assertThat(found).isGreaterThan(7);
  }
}
