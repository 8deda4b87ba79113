package dev.weir.bench.micro;

import dev.weir.protocol.openai.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A chat request: the strict scan, and the body for upstream with another model name spliced in. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChatRequestBenchmark {
  @Param({"500", "8192", "131072"})
  public int prompt;

  @Param({"english", "chinese"})
  public String text = "english";

  private byte[] body = {};

  @Setup
  public void prepare() {
    var words = text.equals("english")
        ? "Please tell me about the river and the weir below the mill. "
        : "\u8bf7\u544a\u8bc9\u6211\u5173\u4e8e\u6cb3\u6d41\u7684\u4e8b\u60c5\u3002";
    body =
        ("{\"model\":\"openai/gpt\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
                + words.repeat(prompt / words.getBytes(StandardCharsets.UTF_8).length + 1)
                + "\"}]}")
            .getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public ChatRequest read() {
    return ChatRequest.read(body);
  }

  @Benchmark
  public byte[] readAndSplice() {
    return ChatRequest.read(body).bodyFor("gpt");
  }
}
