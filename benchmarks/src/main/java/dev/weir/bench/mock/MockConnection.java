package dev.weir.bench.mock;

import dev.weir.bench.wire.MessageReader;
import dev.weir.bench.wire.Outbox;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.Consumer;

/** One client of the mock. Used on the mock's thread only; ordered by when its next frame is due. */
final class MockConnection implements MessageReader.Sink, Comparable<MockConnection> {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Canned canned;
  private final Consumer<MockConnection> pace;
  private final MessageReader reader = new MessageReader(this);
  private final Outbox out;
  private byte[] body = new byte[4096];
  private int bodyLength;
  private boolean get;
  private int framesLeft;
  private long paceNanos;
  private long due;
  private Order.Usage usage = Order.Usage.NOT_ASKED;

  MockConnection(
      SocketChannel channel, SelectionKey key, Canned canned, Consumer<MockConnection> pace) {
    this.channel = channel;
    this.key = key;
    this.canned = canned;
    this.pace = pace;
    this.out = new Outbox(channel);
  }

  /** By {@link System#nanoTime}. */
  long due() {
    return due;
  }

  void ready(SelectionKey ready, byte[] buffer) {
    try {
      if (ready.isWritable()) {
        out.flush();
      }
      if (ready.isReadable()) {
        read(buffer);
      }
      watch();
    } catch (IOException gone) {
      closeQuietly(channel);
    }
  }

  private void read(byte[] buffer) throws IOException {
    int count = channel.read(ByteBuffer.wrap(buffer));
    if (count < 0) {
      channel.close();
    } else {
      reader.feed(buffer, 0, count);
    }
  }

  private void watch() {
    if (key.isValid()) {
      int wanted = SelectionKey.OP_READ | (out.isEmpty() ? 0 : SelectionKey.OP_WRITE);
      if (key.interestOps() != wanted) {
        key.interestOps(wanted);
      }
    }
  }

  @Override
  public void head(byte[] head, int length) {
    get = head[0] == 'G';
    bodyLength = 0;
  }

  @Override
  public void body(byte[] bytes, int from, int to) {
    if (bodyLength + to - from > body.length) {
      body = Arrays.copyOf(body, Math.max(bodyLength + to - from, body.length * 2));
    }
    System.arraycopy(bytes, from, body, bodyLength, to - from);
    bodyLength += to - from;
  }

  @Override
  public void end() {
    if (get) {
      send(canned.models);
      return;
    }
    switch (Order.read(body, bodyLength)) {
      case Order.Whole whole -> send(canned.answer(whole.bytes()));
      case Order.Fail _ -> send(canned.failure);
      case Order.Hold _ -> {
        send(canned.streamHead);
        send(canned.stampedFrame());
      }
      case Order.Frames frames -> begin(frames);
    }
  }

  private void begin(Order.Frames frames) {
    framesLeft = frames.count();
    paceNanos = frames.paceMillis() * 1_000_000L;
    usage = frames.usage();
    due = System.nanoTime();
    send(canned.streamHead);
    if (sendFrame()) {
      pace.accept(this);
    }
  }

  /** Sends what is due; false when the stream has ended or its reader is gone. */
  boolean sendFrame() {
    do {
      if (!channel.isOpen()) {
        return false;
      }
      if (framesLeft == 0) {
        send(ending());
        watch();
        return false;
      }
      framesLeft--;
      send(canned.stampedFrame());
      due += paceNanos;
    } while (paceNanos == 0);
    watch();
    return true;
  }

  private byte[] ending() {
    var counts = usage == Order.Usage.ASKED ? canned.usage : new byte[0];
    var all =
        Arrays.copyOf(canned.finish, canned.finish.length + counts.length + canned.done.length);
    System.arraycopy(counts, 0, all, canned.finish.length, counts.length);
    System.arraycopy(canned.done, 0, all, canned.finish.length + counts.length, canned.done.length);
    return all;
  }

  private void send(byte[] bytes) {
    try {
      out.send(bytes, 0, bytes.length);
    } catch (IOException gone) {
      closeQuietly(channel);
    }
  }

  static void closeQuietly(Closeable open) {
    try {
      open.close();
    } catch (IOException ignored) {
      // the peer is gone already
    }
  }

  @Override
  public int compareTo(MockConnection other) {
    return Long.compare(due, other.due);
  }
}
