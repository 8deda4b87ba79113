package dev.weir.bench.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where load goes, and the request that is sent again and again. Immutable as long as nobody writes to the array.
 *
 * @param address on loopback
 * @param request head and body as they go over the wire
 */
public record Destination(InetSocketAddress address, byte[] request) {
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
        (head + body).getBytes(StandardCharsets.US_ASCII));
  }
}
