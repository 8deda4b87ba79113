package dev.weir.bench.micro;

import dev.weir.guardrail.NormalizedText;
import dev.weir.guardrail.learned.Scorer;
import dev.weir.guardrail.learned.Scores;
import dev.weir.protocol.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Injection and all kinds of toxicity in a prompt of so many characters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScorerBenchmark {
  private static final Deadline AMPLE = Deadline.in(Duration.ofDays(1));

  @Param({"200", "2000", "20000"})
  private int length;

  private final Scorer scorer = Scorer.shipped();
  private NormalizedText text = NormalizedText.of("");

  @Setup
  public void write() {
    var words = new StringBuilder();
    for (int i = 0; words.length() < length; i++) {
      words
          .append("Please compare order ")
          .append(i * 7919 % 1000)
          .append(" with what we paid in month ")
          .append(i)
          .append(". ");
    }
    text = NormalizedText.of(words.substring(0, length));
  }

  @Benchmark
  public Scores score() {
    return scorer.score(text, AMPLE);
  }
}
