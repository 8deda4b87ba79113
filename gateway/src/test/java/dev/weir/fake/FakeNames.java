package dev.weir.fake;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server (RFC 1035) on a loopback port that says of every name what it is told to say. Safe for many threads. */
public final class FakeNames implements AutoCloseable {
  /** What is said. */
  public enum Reply {
    ADDRESS,
    NO_SUCH_NAME,
    EMPTY,
    FAILURE,
    SILENCE
  }

  private static final int TYPE_A = 1;

  private final DatagramSocket socket;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Reply reply = Reply.ADDRESS;
  private volatile byte[] address = {127, 0, 0, 1};

  public FakeNames() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  public void says(Reply next) {
    reply = next;
  }

  /** From now on names have this address, for a second each. */
  public void address(int... bytes) {
    var next = new byte[4];
    for (var i = 0; i < 4; i++) {
      next[i] = (byte) bytes[i];
    }
    address = next;
    reply = Reply.ADDRESS;
  }

  /** Questions so far. */
  public int asked() {
    return asked.get();
  }

  /** As the resolver's options take it. */
  public String server() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    var buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        var packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        asked.incrementAndGet();
        var answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
        if (reply != Reply.SILENCE) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException _) {
        return;
      }
    }
  }

  private byte[] answer(byte[] question) {
    var end = 12;
    while (question[end] != 0) {
      end += question[end] + 1;
    }
    var type = question[end + 2];
    end += 5;
    var found = reply == Reply.ADDRESS && type == TYPE_A;
    var code = reply == Reply.NO_SUCH_NAME ? 3 : reply == Reply.FAILURE ? 2 : 0;
    var answer = ByteBuffer.allocate(end + (found ? 16 : 0));
    answer.put(question, 0, 2).putShort((short) (0x8180 | code));
    answer.putShort((short) 1).putShort((short) (found ? 1 : 0)).putInt(0);
    answer.put(question, 12, end - 12);
    if (found) {
      answer.putShort((short) 0xc00c).putShort((short) TYPE_A).putShort((short) 1);
      answer.putInt(1).putShort((short) 4).put(address);
    }
    return answer.array();
  }

  @Override
  public void close() {
    socket.close();
  }
}
