package dev.weir.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The configuration file, checked. Immutable. Times are milliseconds, sizes bytes.
 *
 * @param server the two ports
 * @param database absent: {@code up} brings its own
 * @param providers OpenAI-compatible servers, in the order in which bare model names are looked up
 * @param sandbox whether the sandbox is served in production; the quickstart always has it
 */
public record GatewayConfig(
    Optional<Server> server,
    Optional<DatabaseSection> database,
    Optional<List<ProviderSection>> providers,
    Optional<Sandbox> sandbox,
    Optional<Upstream> upstream,
    Optional<Logging> logging) {
  /** A file that says nothing. */
  public static final GatewayConfig EMPTY = new GatewayConfig(
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty());

  /** Where to listen, and how much at once. */
  public record Server(
      Optional<String> host,
      Optional<Integer> port,
      Optional<String> adminHost,
      Optional<Integer> adminPort,
      Optional<Integer> maxBodyBytes,
      Optional<Integer> maxInFlight) {}

  /** Where PostgreSQL is: {@code postgresql://user:password@host:port/database}. */
  public record DatabaseSection(
      @JsonProperty(required = true) String url, Optional<Integer> poolMax) {}

  /** A server that speaks OpenAI's protocol; without {@code models} any name is passed on. */
  public record ProviderSection(
      @JsonProperty(required = true) String name,
      Optional<String> type,
      @JsonProperty(required = true) String baseUrl,
      Optional<String> apiKey,
      Optional<List<String>> models) {}

  /** The sandbox provider. */
  public record Sandbox(@JsonProperty(required = true) boolean enabled) {}

  /** Limits for providers. */
  public record Upstream(
      Optional<Long> connectMs,
      Optional<Long> firstEventMs,
      Optional<Long> idleMs,
      Optional<Long> totalMs,
      Optional<Long> longestPauseMs,
      Optional<Integer> maxInFlightPerTarget) {}

  /** What is logged. */
  public record Logging(
      Optional<Double> sampleRate, Optional<Long> slowRequestMs, Optional<Long> slowUpstreamMs) {}
}
