package dev.weir.upstream;

import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The little of a refusal's body that is read to learn its reason, and to have the connection free for the next request: at
 * most 16 KiB, for at most a second. Runs on the connection's event loop.
 */
final class RefusalBody {
  private static final int MOST_BYTES = 16 << 10;
  private static final long MOST_MILLIS = 1000;

  /** Whether the answer ended by itself. */
  enum Ending {
    WHOLE,
    CUT
  }

  private final Buffer text = Buffer.buffer();
  private final BiConsumer<byte[], Ending> then;
  private boolean told;

  private RefusalBody(BiConsumer<byte[], Ending> then) {
    this.then = then;
  }

  /** Reads on from a response's head; the consumer is called once. */
  static void read(HttpClientResponse response, EventLoop loop, BiConsumer<byte[], Ending> then) {
    var body = new RefusalBody(then);
    var timer = loop.schedule(() -> body.tell(Ending.CUT), MOST_MILLIS, TimeUnit.MILLISECONDS);
    response.exceptionHandler(_ -> {
      timer.cancel(false);
      body.tell(Ending.CUT);
    });
    response.handler(body::chunk);
    response.endHandler(_ -> {
      timer.cancel(false);
      body.tell(Ending.WHOLE);
    });
  }

  private void chunk(Buffer bytes) {
    if (told) {
      return;
    }
    text.appendBuffer(bytes, 0, Math.min(bytes.length(), MOST_BYTES - text.length()));
    if (text.length() == MOST_BYTES) {
      tell(Ending.CUT);
    }
  }

  private void tell(Ending ending) {
    if (!told) {
      told = true;
      then.accept(text.getBytes(), ending);
    }
  }
}
