package dev.weir.protocol.openai;

import dev.weir.protocol.EventSink;
import dev.weir.protocol.EventStage;
import dev.weir.protocol.GatewayException;
import java.nio.charset.StandardCharsets;

/**
 * Knows how far the numbering of a response's events has come, for the error that may have to follow. Runs on the thread that
 * delivers them.
 */
public final class ResponseNumbers implements EventStage {
  private static final byte[] NAME = "\"sequence_number\":".getBytes(StandardCharsets.US_ASCII);

  private byte[] last = new byte[0];

  @Override
  public EventSink before(EventSink next) {
    return new EventSink() {
      @Override
      public void event(byte[] frame) {
        last = frame;
        next.event(frame);
      }

      @Override
      public void end() {
        next.end();
      }

      @Override
      public void fail(GatewayException failure) {
        next.fail(failure);
      }
    };
  }

  /** The number of the event that comes next; 0 where none has come. */
  public long next() {
    for (int at = last.length - NAME.length - 1; at >= 0; at--) {
      if (named(at)) {
        return number(at + NAME.length) + 1;
      }
    }
    return 0;
  }

  private boolean named(int at) {
    for (int i = 0; i < NAME.length; i++) {
      if (last[at + i] != NAME[i]) {
        return false;
      }
    }
    return true;
  }

  private long number(int from) {
    long number = 0;
    int at = from;
    while (at < last.length && last[at] == ' ') {
      at++;
    }
    while (at < last.length && last[at] >= '0' && last[at] <= '9' && number < 1L << 40) {
      number = 10 * number + last[at++] - '0';
    }
    return number;
  }
}
