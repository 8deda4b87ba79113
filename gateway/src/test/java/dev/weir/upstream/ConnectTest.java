package dev.weir.upstream;

import static dev.weir.upstream.UpstreamKit.ONCE;
import static dev.weir.upstream.UpstreamKit.completion;
import static dev.weir.upstream.UpstreamKit.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeNames;
import dev.weir.fake.FakeUpstream;
import dev.weir.protocol.ErrorCode;
import dev.weir.provider.OpenAiTranslator;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;
import dev.weir.routing.Target;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to a provider's socket: its name, its address, its certificate. */
class ConnectTest {
  private static final char[] PASSWORD = "password".toCharArray();

  private static Target at(String url, Reach reach) {
    return new Target(
        new RemoteProvider(
            "p", URI.create(url), List.of(), List.of(), reach, OpenAiTranslator.INSTANCE),
        "m");
  }

  private static AddressResolverOptions asking(FakeNames names) {
    return Names.options()
        .addServer(names.server())
        .setQueryTimeout(300)
        .setMaxQueries(2)
        .setSearchDomains(List.of())
        .setOptResourceEnabled(false);
  }

  private static UpstreamKit kit(FakeNames names) {
    return new UpstreamKit(UpstreamSettings.of(UpstreamKit.QUICK), asking(names));
  }

  @Test
  void u02_a_black_hole_is_given_up_after_the_connect_limit() throws IOException {
    try (var kit = new UpstreamKit();
        var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // nobody accepts: once the queue is full further connections are not answered at all
      var queued = new ArrayList<Socket>();
      for (var i = 0; i < 4; i++) {
        var socket = new Socket();
        queued.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 100);
        } catch (IOException _) {
          break;
        }
      }
      var start = System.nanoTime();
      var outcome =
          kit.ask(plan(ONCE, at("http://127.0.0.1:" + full.getLocalPort(), Reach.ANYWHERE)));
      assertThat(outcome.why().code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      for (var socket : queued) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_SUCH_NAME", "EMPTY", "FAILURE", "SILENCE"})
  void u03_a_name_without_an_address_is_unavailable_within_the_connect_limit(FakeNames.Reply reply)
      throws IOException {
    try (var names = new FakeNames();
        var kit = kit(names)) {
      names.says(reply);
      var start = System.nanoTime();
      var outcome = kit.ask(plan(ONCE, at("http://provider.example/v1", Reach.ANYWHERE)));
      assertThat(outcome.why().code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      assertThat(names.asked()).isPositive();
    }
  }

  @Test
  void u03_a_name_that_appears_is_found_within_ten_seconds() throws IOException {
    try (var names = new FakeNames();
        var fake = new FakeUpstream();
        var kit = kit(names)) {
      fake.answers(completion("found"));
      names.says(FakeNames.Reply.NO_SUCH_NAME);
      var plan = plan(ONCE, at("http://provider.example:" + fake.port() + "/v1", Reach.ANYWHERE));
      assertThat(kit.ask(plan).served()).isFalse();
      names.says(FakeNames.Reply.ADDRESS);
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> kit.ask(plan).served());
    }
  }

  @Test
  void c32_a_name_that_leads_to_loopback_opens_no_socket() throws IOException {
    try (var names = new FakeNames();
        var fake = new FakeUpstream();
        var kit = kit(names)) {
      fake.answers(completion("reached"));
      for (var address : List.of(new int[] {127, 0, 0, 1}, new int[] {10, 0, 0, 1})) {
        names.address(address);
        var outcome = kit.ask(
            plan(ONCE, at("http://h" + address[0] + ".example:" + fake.port(), Reach.PUBLIC)));
        assertThat(outcome.why().code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(outcome.why().text()).doesNotContain("127").doesNotContain("loopback");
      }
      assertThat(fake.ledger()).isEmpty();
      assertThat(fake.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d", "http://localhost:%d", "http://[::1]:%d",
        "http://[::ffff:127.0.0.1]:%d", "http://0.0.0.0:%d", "http://127.1:%d",
        "http://2130706433:%d", "http://0x7f000001:%d", "http://0177.0.0.1:%d"
      })
  void c32_no_form_of_a_local_address_opens_a_socket(String form) throws IOException {
    try (var kit = new UpstreamKit();
        var fake = new FakeUpstream()) {
      fake.answers(completion("reached"));
      var url = URI.create(form.formatted(fake.port()));
      if (url.getHost() == null) {
        return; // such a URL is refused before there is a provider
      }
      var outcome = kit.ask(plan(ONCE, at(url.toString(), Reach.PUBLIC)));
      assertThat(outcome.served()).isFalse();
      assertThat(fake.connections()).isZero();
    }
  }

  @Test
  void c32_the_address_that_was_checked_is_the_one_connected_to() throws IOException {
    try (var names = new FakeNames();
        var fake = new FakeUpstream();
        var kit = kit(names)) {
      fake.answers(completion("reached"));
      var destinations = new Destinations(kit.vertx, _ -> {
        // between check and connection the name moves; the connection must not follow it
        names.address(192, 0, 2, 1);
        return java.util.Optional.empty();
      });
      var checked = destinations.publicAddress("moving.example", fake.port());
      var address = checked.toCompletionStage().toCompletableFuture().join();
      assertThat(address.host()).isEqualTo("127.0.0.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired", "otherhost", "selfsigned"})
  void u05_a_certificate_that_does_not_hold_is_refused_and_nothing_is_sent(String certificate)
      throws Exception {
    trusting(() -> {
      try (var fake = FakeUpstream.tls(context(certificate));
          var kit = new UpstreamKit()) {
        fake.answers(completion("reached"));
        var outcome = kit.ask(plan(ONCE, at(fake.url().toString(), Reach.ANYWHERE)));
        assertThat(outcome.why().code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(fake.ledger()).isEmpty();
      }
    });
  }

  @Test
  void u05_a_good_certificate_is_accepted() throws Exception {
    trusting(() -> {
      try (var fake = FakeUpstream.tls(context("good"));
          var kit = new UpstreamKit()) {
        fake.answers(completion("over tls"));
        assertThat(
                kit.ask(plan(ONCE, at(fake.url().toString(), Reach.ANYWHERE))).body())
            .contains("over tls");
      }
    });
  }

  private interface Step {
    void run() throws Exception;
  }

  /** The process's trust is what is under test, so the test's authority is added where the process looks. */
  private static void trusting(Step step) throws Exception {
    System.setProperty("javax.net.ssl.trustStore", "src/test/resources/tls/trust.p12");
    System.setProperty("javax.net.ssl.trustStorePassword", "password");
    try {
      step.run();
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStorePassword");
    }
  }

  private static SSLContext context(String name) throws IOException, GeneralSecurityException {
    try (var in = ConnectTest.class.getResourceAsStream("/tls/" + name + ".p12")) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD);
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    }
  }
}
