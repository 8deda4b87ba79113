package dev.weir.bench.micro;

import dev.weir.protocol.openai.ChatRequest;
import dev.weir.protocol.sse.EventSplitter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A stream of 200 events: cut into frames, and each read as a chat event. Figures are for one event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StreamBenchmark {
  private static final int EVENTS = 200;
  private static final byte[] REQUEST =
      "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"
          .getBytes(StandardCharsets.US_ASCII);

  /** Events in each piece that the network hands over. */
  @Param({"1", "8"})
  public int together = 1;

  private byte[] event = {};
  private byte[] piece = {};
  private final ChatRequest request = ChatRequest.read(REQUEST);

  @Setup
  public void prepare() {
    event =
        ("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,"
                + "\"model\":\"gpt\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" river\"},"
                + "\"finish_reason\":null}]}\n\n")
            .getBytes(StandardCharsets.US_ASCII);
    piece = new String(event, StandardCharsets.US_ASCII)
        .repeat(together)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void split(Blackhole sink) {
    var splitter = new EventSplitter();
    for (int i = 0; i < EVENTS; i += together) {
      // the splitter takes the array over, as it does from a socket
      splitter.feed(Arrays.copyOf(piece, piece.length), sink::consume);
    }
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void splitAndRead(Blackhole sink) {
    var splitter = new EventSplitter();
    var reader = request.reader();
    for (int i = 0; i < EVENTS; i += together) {
      splitter.feed(Arrays.copyOf(piece, piece.length), frame -> sink.consume(reader.event(frame)));
    }
  }
}
