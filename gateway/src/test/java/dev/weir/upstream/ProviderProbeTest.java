package dev.weir.upstream;

import static dev.weir.fake.FakeUpstream.json;
import static dev.weir.fake.FakeUpstream.whole;
import static dev.weir.fake.FakeUpstream.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fake.FakeUpstream;
import dev.weir.provider.Credential;
import dev.weir.provider.OpenAiTranslator;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderProbeTest {
  private static Vertx vertx;
  private static OutboundCalls calls;
  private static FakeUpstream fake;

  @BeforeAll
  static void start() throws IOException {
    vertx = Vertx.vertx();
    calls = new OutboundCalls(vertx, UpstreamKit.QUICK);
    fake = new FakeUpstream();
  }

  @AfterAll
  static void stop() throws IOException {
    calls.close();
    fake.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static RemoteProvider provider(URI url, Reach reach) {
    return new RemoteProvider(
        "p",
        url,
        List.of(new Credential("c1", "key-1"), new Credential("c2", "key-2")),
        List.of("m"),
        reach,
        OpenAiTranslator.INSTANCE);
  }

  private static List<ProviderProbe.Outcome> probe(URI url, Reach reach) {
    return new ProviderProbe(
            calls, new CredentialHeaders(calls, Clock.systemUTC()), Clock.systemUTC())
        .probe(provider(url, reach)).stream()
            .map(ProviderProbe.Finding::outcome)
            .toList();
  }

  @Test
  void each_credential_is_tried_for_itself() {
    fake.answers((request, socket) -> write(
        socket,
        request.head().contains("key-1")
            ? json(200, "{\"object\":\"list\",\"data\":[]}")
            : json(401, "{\"error\":\"key-2 is wrong\"}")));
    assertThat(probe(fake.url(), Reach.ANYWHERE))
        .containsExactly(ProviderProbe.Outcome.OK, ProviderProbe.Outcome.CREDENTIAL_REFUSED);
    assertThat(fake.last().head()).startsWith("GET /v1/models HTTP/1.1");
  }

  @ParameterizedTest
  @CsvSource({"429,RATE_LIMITED", "400,REFUSED", "302,REDIRECTED", "503,FAILED", "201,NOT_AS_AGREED"
  })
  void a_status_is_told_in_words_of_ours(int status, ProviderProbe.Outcome outcome) {
    fake.answers(json(status, "{}", "location: http://127.0.0.1:1/"));
    assertThat(probe(fake.url(), Reach.ANYWHERE)).containsOnly(outcome);
  }

  @Test
  void without_a_list_of_models_one_token_is_asked_for() {
    fake.answers((request, socket) ->
        write(socket, request.head().startsWith("GET") ? json(404, "{}") : json(200, "{}")));
    assertThat(probe(fake.url(), Reach.ANYWHERE)).containsOnly(ProviderProbe.Outcome.OK);
    assertThat(fake.last().text()).contains("\"max_tokens\":1").contains("\"model\":\"m\"");
  }

  @Test
  void a_page_is_no_provider() {
    fake.answers(whole(200, "text/html", "<html></html>"));
    assertThat(probe(fake.url(), Reach.ANYWHERE)).containsOnly(ProviderProbe.Outcome.NOT_AS_AGREED);
  }

  @Test
  void c32_an_address_that_is_not_public_is_said_to_be_none_and_no_socket_is_opened() {
    var before = fake.connections();
    assertThat(probe(fake.url(), Reach.PUBLIC)).containsOnly(ProviderProbe.Outcome.ADDRESS_REFUSED);
    assertThat(fake.connections()).isEqualTo(before);
  }

  @Test
  void nobody_there_is_unreachable() {
    assertThat(probe(URI.create("http://127.0.0.1:1/v1"), Reach.ANYWHERE))
        .containsOnly(ProviderProbe.Outcome.UNREACHABLE);
  }

  @Test
  void a_call_that_is_not_answered_in_time_is_given_up() {
    fake.answers((_, _) -> Thread.sleep(2000));
    var start = System.nanoTime();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> calls.call(new OutboundCalls.Outbound(
            "POST",
            fake.url(),
            Map.of(),
            new byte[] {'{', '}'},
            Reach.ANYWHERE,
            Duration.ofMillis(200))))
        .isInstanceOf(IOException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }
}
