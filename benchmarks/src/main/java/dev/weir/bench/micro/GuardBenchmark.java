package dev.weir.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.engine.Guardrails;
import dev.weir.guardrail.profile.BuiltInProfiles;
import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.guardrail.profile.Naming;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.telemetry.RequestTrace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A request through the guardrails of a profile, in which nothing is found: what nearly every request costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuardBenchmark {
  @Param({"baseline", "strict"})
  public String profile = BuiltInProfiles.BASELINE;

  /** Bytes of the prompt. */
  @Param({"1024", "8192", "131072"})
  public int prompt = 1024;

  // with all the time they want: a check that ran out of it would be an error, and quick
  private final Guardrails guardrails = new Guardrails(
      new Guardrails.Settings(Duration.ofDays(1), Guardrails.Settings.DEFAULT.mostBytes()),
      name -> name.getBytes(UTF_8));
  private final RequestTrace trace = new RequestTrace("bench", 0);
  private final GuardrailChain[] chain = new GuardrailChain[1];
  private byte[] body = {};

  @Setup
  public void prepare() {
    var builtIn = new BuiltInProfiles(Detectors.builtIn());
    chain[0] = ProfileBook.of(List.of(), builtIn, Optional.empty())
        .chain(List.of(new Naming("tenant", profile)), Optional.empty());
    var words = new StringBuilder();
    for (int i = 0; words.length() < prompt; i++) {
      words
          .append("Please compare the order of week ")
          .append(i % 50)
          .append(" with what we planned, and say why it differs.\\n");
    }
    body = ("{\"model\":\"openai/gpt\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + words.substring(0, prompt - prompt % 2 - 2).replaceAll("\\\\n?$", "") + "\"}]}")
        .getBytes(UTF_8);
  }

  /** Read and checked, as the page does it. */
  @Benchmark
  public ModelRequest input() {
    return guardrails.on(chain[0], trace).input(ChatRequest.read(body));
  }
}
