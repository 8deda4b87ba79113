package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigSchemaTest {
  private static final Path FILE = Path.of("../config/weir.schema.json");

  @Test
  void the_published_schema_is_what_the_records_say() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FILE, ConfigSchema.text());
    }
    assertThat(ConfigSchema.text())
        .as("write it anew: ./weir config schema > config/weir.schema.json")
        .isEqualTo(Files.readString(FILE));
  }

  @Test
  void an_editor_finds_nothing_wrong_in_the_example() throws IOException {
    assertThat(errors(Files.readString(Path.of("../config/weir.example.yaml")))).isEqualTo("[]");
  }

  @Test
  void an_editor_marks_what_the_check_refuses() {
    assertThat(errors("server: {prot: 1}")).contains("prot");
    assertThat(errors("key_cache: {ttl: 60}")).contains("ttl");
    assertThat(errors("database: {pool: {max: 101}}")).contains("max");
    assertThat(errors("resources: {providers: [{type: gemini}]}")).contains("name");
    assertThat(errors("server: {port: '${PORT:8000}'}")).isEqualTo("[]");
  }

  private static String errors(String yaml) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(ConfigSchema.text())
        .validate(yaml, InputFormat.YAML)
        .toString();
  }
}
