package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.GatewayConfig;
import dev.weir.identity.LocalKeyCache;
import dev.weir.store.Database;
import dev.weir.telemetry.AccessLog;
import dev.weir.upstream.UpstreamSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssemblyTest {
  @Test
  void the_defaults_of_the_file_are_those_of_the_parts() {
    var config = GatewayConfig.DEFAULT;
    assertThat(Assembly.upstream(config.upstream())).isEqualTo(UpstreamSettings.DEFAULT);
    assertThat(Assembly.accessLog(config.logging())).isEqualTo(AccessLog.Settings.DEFAULT);
    assertThat(Assembly.keyCache(config)).isEqualTo(LocalKeyCache.Settings.DEFAULT);
    assertThat(Assembly.pools(config)).isEqualTo(Database.Settings.DEFAULT);
  }

  @Test
  void the_option_for_redis_wins_over_the_configuration() {
    var options = new ProcessOptions();
    assertThat(options.redisUrl(GatewayConfig.DEFAULT)).isEmpty();
    options.redisUrl = Optional.of("redis://a");
    assertThat(options.redisUrl(GatewayConfig.DEFAULT)).contains("redis://a");
  }
}
