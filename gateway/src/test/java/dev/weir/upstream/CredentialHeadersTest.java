package dev.weir.upstream;

import static dev.weir.fake.FakeUpstream.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.fake.FakeUpstream;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.provider.Presentation;
import dev.weir.provider.Reach;
import dev.weir.provider.TokenGrant;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CredentialHeadersTest {
  private static final Instant START = Instant.ofEpochSecond(1_764_000_000);

  private Vertx vertx;
  private OutboundCalls calls;
  private FakeUpstream endpoint;
  private CredentialHeaders headers;
  private final AtomicInteger issued = new AtomicInteger();

  private record Grant(URI url) implements TokenGrant {
    @Override
    public byte[] form(Instant at) {
      return ("at=" + at.getEpochSecond()).getBytes(UTF_8);
    }
  }

  @BeforeEach
  void start() throws IOException {
    vertx = Vertx.vertx();
    calls = new OutboundCalls(vertx, UpstreamKit.QUICK);
    endpoint = new FakeUpstream();
    headers = new CredentialHeaders(calls, Clock.fixed(START, ZoneOffset.UTC));
    endpoint.answers((_, socket) -> {
      var n = issued.incrementAndGet();
      // long enough that all who ask meanwhile find it under way
      Thread.sleep(50);
      FakeUpstream.write(
          socket,
          json(200, "{\"access_token\":\"t" + n + "\",\"expires_in\":3600,\"token_type\":\"B\"}"));
    });
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    endpoint.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private String at(Duration later) {
    var draft = new Presentation.Draft("h", "/p", new byte[0], START.plus(later));
    var presented = new Presentation.Token(new Grant(endpoint.url()));
    return headers.of(presented, Reach.ANYWHERE, draft).getFirst().getValue();
  }

  @Test
  void a_token_is_fetched_once_for_all_who_wait() {
    var tokens =
        IntStream.range(0, 20).parallel().mapToObj(_ -> at(Duration.ZERO)).toList();
    assertThat(tokens).containsOnly("Bearer t1");
    assertThat(endpoint.ledger()).hasSize(1);
    assertThat(endpoint.last().text()).isEqualTo("at=" + START.getEpochSecond());
    assertThat(endpoint.last().head()).contains("application/x-www-form-urlencoded");
  }

  @Test
  void a_token_is_renewed_in_its_last_minutes_while_the_old_one_serves() {
    assertThat(at(Duration.ZERO)).isEqualTo("Bearer t1");
    assertThat(at(Duration.ofMinutes(54))).isEqualTo("Bearer t1");
    assertThat(at(Duration.ofMinutes(56))).isEqualTo("Bearer t1");
    await().untilAsserted(() -> assertThat(at(Duration.ZERO)).isEqualTo("Bearer t2"));
    assertThat(endpoint.ledger()).hasSize(2);
  }

  @Test
  void a_failed_renewal_leaves_the_old_token_in_use() {
    assertThat(at(Duration.ZERO)).isEqualTo("Bearer t1");
    endpoint.answers(json(503, "{}"));
    assertThat(at(Duration.ofMinutes(56))).isEqualTo("Bearer t1");
    await().untilAsserted(() -> assertThat(endpoint.ledger()).hasSize(2));
    assertThat(at(Duration.ofMinutes(57))).isEqualTo("Bearer t1");
  }

  @Test
  void a_refused_credential_is_the_providers_refusal_and_says_nothing_of_it() {
    endpoint.answers(json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"s3cret\"}"));
    assertThatThrownBy(() -> at(Duration.ZERO))
        .isInstanceOfSatisfying(GatewayException.class, failure -> {
          assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_AUTH_ERROR);
          assertThat(failure.detail()).isEqualTo("the token endpoint answered 400");
        });
    endpoint.answers(json(500, "{}"));
    assertThatThrownBy(() -> at(Duration.ZERO))
        .isInstanceOfSatisfying(
            GatewayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE));
  }

  @Test
  void fixed_headers_go_as_they_are() {
    var draft = new Presentation.Draft("h", "/p", new byte[0], START);
    var fixed = new Presentation.Fixed(List.of(Map.entry("a", "b")));
    assertThat(headers.of(fixed, Reach.ANYWHERE, draft)).containsExactly(Map.entry("a", "b"));
  }
}
