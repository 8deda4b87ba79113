package dev.weir.fault;

import static dev.weir.it.RunningGateway.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.RunningGateway;
import dev.weir.provider.RemoteProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** U05: whoever answers must show that it is the provider; nothing is ever sent to anybody else, nor in clear. */
class UpstreamTlsTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";
  private static final Instant NOW = Instant.ofEpochMilli(startOfJvm());
  private static final String COMPLETION =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}";

  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static final List<ServerSocket> SERVERS = new ArrayList<>();
  private static final AtomicInteger SERVED = new AtomicInteger();
  private static final List<Integer> FIRST_BYTES = new CopyOnWriteArrayList<>();

  private static RunningGateway gateway;

  private static long startOfJvm() {
    return java.lang.management.ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  @BeforeAll
  static void start() throws Exception {
    var authority = template("CN=authority").setIsCertificateAuthority(true).buildSelfSigned();
    // read by the client's own default, as an operator's private authority is
    System.setProperty(
        TRUST_STORE, authority.toTempKeyStoreFile("secret".toCharArray()).toString());
    System.setProperty(TRUST_PASSWORD, "secret");
    var good = template("CN=localhost").addSanDnsName("localhost");
    gateway = new RunningGateway(
        List.of(
            provider("good", good.buildIssuedBy(authority)),
            provider(
                "expired",
                good.copy()
                    .notBefore(NOW.minus(9, ChronoUnit.DAYS))
                    .notAfter(NOW.minus(2, ChronoUnit.DAYS))
                    .buildIssuedBy(authority)),
            provider(
                "other-host",
                template("CN=localhost").addSanDnsName("example.org").buildIssuedBy(authority)),
            provider("self-signed", good.copy().setIsCertificateAuthority(true).buildSelfSigned()),
            new RemoteProvider("plain", URI.create("https://localhost:" + plain()), "", List.of())),
        RunningGateway.QUICK);
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    for (var server : SERVERS) {
      server.close();
    }
    THREADS.shutdownNow();
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_PASSWORD);
  }

  @Test
  void u05_a_certificate_that_is_good_is_taken() {
    assertThat(gateway.post("/v1/chat/completions", chat("good/m")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void u05_an_expired_certificate_is_refused() {
    refused("expired");
  }

  @Test
  void u05_a_certificate_of_another_host_is_refused() {
    refused("other-host");
  }

  @Test
  void u05_a_certificate_that_nobody_vouches_for_is_refused() {
    refused("self-signed");
  }

  @Test
  void u05_a_server_that_speaks_no_tls_gets_no_byte_of_the_request() {
    refused("plain");
    // 22: a TLS handshake record (RFC 8446 §5.1)
    assertThat(FIRST_BYTES).isNotEmpty().allMatch(first -> first == 22);
  }

  private static void refused(String provider) {
    var served = SERVED.get();
    var answer = gateway.post("/v1/chat/completions", chat(provider + "/m"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
    assertThat(answer.body())
        .contains("upstream_unavailable")
        .doesNotContainIgnoringCase("certificate")
        .doesNotContain("localhost");
    assertThat(SERVED).as("requests that were sent all the same").hasValue(served);
  }

  private static CertificateBuilder template(String subject) {
    return new CertificateBuilder()
        .subject(subject)
        .notBefore(NOW.minus(10, ChronoUnit.DAYS))
        .notAfter(NOW.plus(10, ChronoUnit.DAYS));
  }

  private static RemoteProvider provider(String name, X509Bundle certificate) throws Exception {
    var context = SSLContext.getInstance("TLS");
    context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
    var server = context
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    accept(server, socket -> {
      ((SSLSocket) socket).startHandshake();
      answer(socket);
    });
    return new RemoteProvider(
        name, URI.create("https://localhost:" + server.getLocalPort()), "sk-secret", List.of());
  }

  private static int plain() throws IOException {
    var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    accept(server, socket -> {
      FIRST_BYTES.add(socket.getInputStream().read());
      socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    });
    return server.getLocalPort();
  }

  private static void answer(Socket socket) throws IOException {
    var in = socket.getInputStream();
    var seen = new StringBuilder();
    while (!seen.toString().endsWith("}]}")) {
      var next = in.read();
      if (next < 0) {
        return;
      }
      seen.append((char) next);
    }
    SERVED.incrementAndGet();
    socket
        .getOutputStream()
        .write(dev.weir.fake.FakeUpstream.json(200, COMPLETION).getBytes(StandardCharsets.UTF_8));
  }

  /** What a server does with one connection. */
  private interface Conversation {
    void with(Socket socket) throws IOException;
  }

  private static void accept(ServerSocket server, Conversation conversation) {
    SERVERS.add(server);
    var _ = THREADS.submit(() -> {
      while (!server.isClosed()) {
        var socket = server.accept();
        var _ = THREADS.submit(() -> {
          try (socket) {
            conversation.with(socket);
          }
          return null;
        });
      }
      return null;
    });
  }
}
