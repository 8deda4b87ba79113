package dev.weir.bench.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where load goes, and the requests that are sent in turn, again and again. Immutable as long as nobody writes to the arrays.
 *
 * @param address on loopback
 * @param requests head and body as they go over the wire; at least one
 */
public record Destination(InetSocketAddress address, List<byte[]> requests) {
  /** The first: where load sends one and the same. */
  public byte[] request() {
    return requests.getFirst();
  }

  /** The one whose turn it is, counted from 0 over the whole load. */
  byte[] request(long turn) {
    return requests.get((int) (turn % requests.size()));
  }

  /** The same place, the requests of all of these in turn. */
  public static Destination inTurn(List<Destination> destinations) {
    return new Destination(
        destinations.getFirst().address(),
        destinations.stream().map(Destination::request).toList());
  }

  /**
   * A request to a path of this port.
   *
   * @param headers besides host, type and length
   * @param body JSON in ASCII
   */
  public static Destination post(int port, String path, Map<String, String> headers, String body) {
    var more = headers.entrySet().stream()
        .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
        .collect(Collectors.joining());
    var head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + more
        + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
    return new Destination(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        List.of((head + body).getBytes(StandardCharsets.US_ASCII)));
  }
}
