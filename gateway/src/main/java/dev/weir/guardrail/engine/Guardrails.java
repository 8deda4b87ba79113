package dev.weir.guardrail.engine;

import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.telemetry.RequestTrace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

/** The guardrail stage: opens the guard of each request. Safe for many threads. */
public final class Guardrails {
  private final Settings settings;
  private final Function<String, byte[]> tenantKeys;

  /**
   * What the stage is bounded by.
   *
   * @param budget the most time that looking at one request, or at one answer, may take
   * @param mostBytes the largest sum of texts that is looked at
   */
  public record Settings(Duration budget, long mostBytes) {
    public static final Settings DEFAULT = new Settings(Duration.ofSeconds(1), 8 << 20);
  }

  /** A stage whose hashes nobody else can make. */
  public Guardrails(Settings settings, Function<String, byte[]> tenantKeys) {
    this.settings = settings;
    this.tenantKeys = tenantKeys;
  }

  /** A stage with the default bounds for texts that are nobody's: tests and tools. */
  public static Guardrails standalone() {
    return new Guardrails(Settings.DEFAULT, name -> name.getBytes(StandardCharsets.UTF_8));
  }

  Settings settings() {
    return settings;
  }

  byte[] tenantKey(String tenant) {
    return tenantKeys.apply("guardrail hashes of " + tenant);
  }

  /** The guard of one request under this chain. */
  public RequestGuard on(GuardrailChain chain, RequestTrace trace) {
    return new RequestGuard(this, chain, trace);
  }
}
