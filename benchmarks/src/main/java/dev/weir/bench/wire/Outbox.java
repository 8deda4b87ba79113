package dev.weir.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/** Bytes on their way out of a non-blocking socket; what the kernel does not take waits here. Not thread-safe. */
public final class Outbox {
  private final SocketChannel channel;
  private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();

  public Outbox(SocketChannel channel) {
    this.channel = channel;
  }

  /** Writes what it can at once; the caller may reuse the bytes afterwards. */
  public void send(byte[] bytes, int from, int to) throws IOException {
    var out = ByteBuffer.wrap(bytes, from, to - from);
    if (waiting.isEmpty()) {
      var _ = channel.write(out);
    }
    if (out.hasRemaining()) {
      var rest = ByteBuffer.allocate(out.remaining());
      rest.put(out).flip();
      waiting.add(rest);
    }
  }

  /** Writes on, when the socket takes bytes again. */
  public void flush() throws IOException {
    while (!waiting.isEmpty()) {
      var _ = channel.write(waiting.element());
      if (waiting.element().hasRemaining()) {
        return;
      }
      waiting.remove();
    }
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }
}
