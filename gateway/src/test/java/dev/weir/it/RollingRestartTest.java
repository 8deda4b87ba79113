package dev.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.fake.Balancer;
import dev.weir.fake.FakeUpstream;
import dev.weir.fake.FaultProxy;
import dev.weir.store.Database;
import dev.weir.store.Stores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Three instances behind a balancer, with requests going on all the time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollingRestartTest {
  private static final String ANSWER =
      "{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hello\"},"
          + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";

  private final dev.weir.store.DatabaseUrl url = TestPostgres.migrated();
  private final FakeUpstream upstream = new FakeUpstream();
  private final Balancer balancer = new Balancer();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final String key;

  RollingRestartTest() throws IOException {
    upstream.answers((_, socket) -> {
      Thread.sleep(50);
      FakeUpstream.write(socket, FakeUpstream.json(200, ANSWER));
    });
    try (var database = Database.open(url, Database.Settings.DEFAULT, Optional.empty())) {
      var stores =
          new Stores(database, ClusterNode.HASHER, ClusterNode.ENCRYPTION, Clock.systemUTC());
      stores.checkSecrets();
      var node = node();
      var owner = node.admin(stores.tenancy().createOwner("test"));
      var tenant = owner.make("/tenants", "{\"name\":\"rolling\"}");
      key = owner
          .post("/api-keys", "{\"tenant_id\":\"" + tenant + "\",\"name\":\"app\"}")
          .get("key");
      var _ = owner.make(
          "/providers",
          "{\"name\":\"a\",\"type\":\"openai\",\"base_url\":\"" + upstream.url() + "\"}");
      await().until(() -> node.chat("a/m", key).statusCode() == 200);
      node.close();
      open.remove(node);
    }
  }

  private ClusterNode node() {
    var node = new ClusterNode(url, Optional.empty());
    open.add(node);
    return node;
  }

  @AfterAll
  void close() throws Exception {
    balancer.close();
    for (var one : open) {
      one.close();
    }
    upstream.close();
  }

  /** The status, or what came in its place. */
  private String chat() throws IOException {
    var body = RunningGateway.chat("a/m");
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), balancer.port())) {
      socket
          .getOutputStream()
          .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"
                  + "authorization: Bearer " + key
                  + "\r\ncontent-type: application/json\r\ncontent-length: "
                  + body.length() + "\r\n\r\n" + body)
              .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }

  /** Runs this while requests go on, and says what they were answered. */
  private List<String> meanwhile(Step step) throws Exception {
    var going = new AtomicBoolean(true);
    var answers = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clients = new ArrayList<Future<List<String>>>();
      for (var i = 0; i < 8; i++) {
        clients.add(threads.submit(() -> {
          var mine = new ArrayList<String>();
          while (going.get()) {
            mine.add(chat());
          }
          return mine;
        }));
      }
      try {
        step.run();
        Thread.sleep(500);
      } finally {
        going.set(false);
      }
      for (var client : clients) {
        answers.addAll(client.get());
      }
    }
    return answers;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  @Test
  void m09_a_restart_one_after_the_other_fails_no_request_and_sends_none_twice() throws Exception {
    var nodes = new ArrayList<>(List.of(node(), node(), node()));
    nodes.forEach(node -> balancer.add(node.gateway().dataPort()));
    await().until(() -> balancer.ready().size() == 3);
    var before = upstream.ledger().size();
    var answers = meanwhile(() -> {
      for (var old : List.copyOf(nodes)) {
        var next = node();
        balancer.add(next.gateway().dataPort());
        await().until(() -> balancer.ready().contains(next.gateway().dataPort()));
        old.close();
        open.remove(old);
      }
    });
    assertThat(answers).isNotEmpty().containsOnly("HTTP/1.1 200 OK");
    assertThat(upstream.ledger().size() - before).isEqualTo(answers.size());
  }

  @Test
  void x02_an_instance_that_is_gone_at_once_fails_no_request_of_the_others() throws Exception {
    try (var way = new FaultProxy("127.0.0.1", node().gateway().dataPort())) {
      balancer.add(way.port());
      balancer.add(node().gateway().dataPort());
      balancer.add(node().gateway().dataPort());
      await().until(() -> balancer.ready().contains(way.port()));
      var answers = meanwhile(() -> {
        Thread.sleep(300);
        way.set(FaultProxy.Fault.RESET);
        await().until(() -> !balancer.ready().contains(way.port()));
      });
      assertThat(answers).isNotEmpty().containsOnly("HTTP/1.1 200 OK");
    }
  }
}
