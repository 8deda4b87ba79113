package dev.weir.bench.micro;

import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.engine.Guardrails;
import dev.weir.guardrail.profile.BuiltInProfiles;
import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.guardrail.profile.Naming;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.telemetry.RequestTrace;
import java.nio.charset.StandardCharsets;
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

/** The whole guardrail stage over a chat request of one message: the {@code baseline} profile, nothing to be found. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuardBenchmark {
  @Param({"200", "2000", "20000"})
  public int characters = 200;

  private final Guardrails stage = Guardrails.standalone();
  private final GuardrailChain chain = ProfileBook.of(
          List.of(), new BuiltInProfiles(Detectors.builtIn()), Optional.empty())
      .chain(List.of(new Naming("key", BuiltInProfiles.BASELINE)), Optional.empty());
  private byte[] body = {};

  @Setup
  public void write() {
    var words = new StringBuilder();
    for (int i = 0; words.length() < characters; i++) {
      words
          .append("Please compare order ")
          .append(i * 7919 % 1000)
          .append(" with what we paid to Miller & Sons in month ")
          .append(i)
          .append(", and write a summary that the board can read. ");
    }
    body = ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + words.substring(0, characters) + "\"}]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public ModelRequest input() {
    return stage.on(chain, new RequestTrace("r", 0)).input(ChatRequest.read(body));
  }
}
