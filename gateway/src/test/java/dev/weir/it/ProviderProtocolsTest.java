package dev.weir.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.fake.EventStreamBytes;
import dev.weir.fake.FakeUpstream;
import dev.weir.provider.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each type of provider with a protocol of its own, made over the admin API, behind each protocol that clients speak. */
class ProviderProtocolsTest {
  private static final Path ANSWERS = Path.of("src/test/resources/golden/translate/answers");
  private static final String KEY = "{\"api_key\":\"key-of-the-provider\"}";

  private static FakeUpstream upstream;
  private static RunningGateway gateway;
  private static AdminClient owner;
  private static final Map<String, String> IDS = new TreeMap<>();

  /** A path of clients: what is asked there, whole, and by which words its stream ends. */
  private enum Client {
    CHAT("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]", "[DONE]"),
    MESSAGES(
        "/v1/messages",
        "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "event: message_stop"),
    RESPONSES("/v1/responses", "\"input\":\"hi\"", "event: response.completed");

    final String path;
    final String members;
    final String terminator;

    Client(String path, String members, String terminator) {
      this.path = path;
      this.members = members;
      this.terminator = terminator;
    }
  }

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    upstream = new FakeUpstream();
    gateway = RunningGateway.reaching(List.of(), Reach.ANYWHERE);
    owner = new AdminClient(gateway.adminUrl(), gateway.adminToken());
    made("gemini", "", KEY);
    made("cohere", "", KEY);
    made("azure", ",\"deployments\":{\"gpt\":\"prod 1\"}", KEY);
    made(
        "bedrock",
        ",\"region\":\"eu-west-1\"",
        "{\"access_key_id\":\"AKIDEXAMPLE\",\"secret_access_key\":\"s3cret\"}");
    made("vertex", ",\"region\":\"europe-west4\",\"project\":\"acme\"", serviceAccount());
    await().untilAsserted(() -> {
      upstream.answers(FakeUpstream.json(500, "{}"));
      assertThat(ask(Client.CHAT, "vertex", "").statusCode()).isNotEqualTo(404);
    });
  }

  private static void made(String type, String settings, String credential) {
    var answer = owner.post(
        "/providers",
        "{\"name\":\"" + type + "\",\"type\":\"" + type
            + "\",\"base_url\":\"" + upstream.url().resolve("/") + "\"" + settings
            + ",\"credentials\":[" + credential + "]}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    IDS.put(type, answer.get("id"));
  }

  private static String serviceAccount() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var key = Base64.getEncoder()
        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    var file = "{\"client_email\":\"w@acme.iam\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\n"
        + key + "\\n-----END PRIVATE KEY-----\\n\",\"token_uri\":\""
        + upstream.url().resolve("/token") + "\"}";
    return "{\"service_account\":\"" + file.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  private static java.net.http.HttpResponse<String> ask(Client client, String type, String more) {
    return gateway.post(
        client.path, "{\"model\":\"" + type + "/gpt\"," + client.members + more + "}");
  }

  /** From now on tokens are given out, and all else is answered so. */
  private static void answers(byte[] answer) {
    upstream.answers((request, socket) -> {
      var token = FakeUpstream.json(200, "{\"access_token\":\"tok\",\"expires_in\":3600}");
      var out = socket.getOutputStream();
      out.write(request.head().startsWith("POST /token ") ? token.getBytes(UTF_8) : answer);
      out.flush();
    });
  }

  private static void answersJson(int status, String body) {
    answers(FakeUpstream.json(status, body).getBytes(UTF_8));
  }

  private static String folder(String type) {
    return type.equals("vertex") ? "gemini" : type.equals("azure") ? "openai" : type;
  }

  private static byte[] stream(String type) throws IOException {
    var text = Files.readString(ANSWERS.resolve(folder(type) + "/plain/upstream.sse"));
    return type.equals("bedrock") ? EventStreamBytes.of(text) : text.getBytes(UTF_8);
  }

  private static byte[] streamed(String type, byte[] body, int length) {
    var kind = type.equals("bedrock") ? "application/vnd.amazon.eventstream" : "text/event-stream";
    var head =
        "HTTP/1.1 200 OK\r\ncontent-type: " + kind + "\r\ncontent-length: " + length + "\r\n\r\n";
    var bytes = Arrays.copyOf(head.getBytes(ISO_8859_1), head.length() + body.length);
    System.arraycopy(body, 0, bytes, head.length(), body.length);
    return bytes;
  }

  static List<List<Object>> pairs() {
    var pairs = new ArrayList<List<Object>>();
    for (var type : List.of("gemini", "vertex", "bedrock", "cohere", "azure")) {
      for (var client : Client.values()) {
        // Azure speaks responses itself: passed on, and no matter of this fixture
        if (!type.equals("azure") || client != Client.RESPONSES) {
          pairs.add(List.of(type, client));
        }
      }
    }
    return pairs;
  }

  /** Waits until a circuit that an earlier test opened lets requests in, and leaves it with two good answers more. */
  private static void recovered(String type) {
    answersJson(422, "{}");
    for (var good = 0; good < 2; good++) {
      await()
          .untilAsserted(() ->
              assertThat(ask(Client.CHAT, type, "").body()).contains("upstream_invalid_request"));
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void every_client_reaches_every_provider(List<Object> pair) throws IOException {
    var type = (String) pair.getFirst();
    var client = (Client) pair.getLast();
    recovered(type);
    var plain = Files.readString(ANSWERS.resolve(folder(type) + "/plain/upstream.json"));
    answersJson(200, plain);
    var whole = ask(client, type, "");
    assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
    var body = stream(type);
    answers(streamed(type, body, body.length));
    var events = ask(client, type, ",\"stream\":true");
    assertThat(events.statusCode()).as(events.body()).isEqualTo(200);
    assertThat(events.body()).contains(client.terminator);
  }

  /** Rows U13, U14 and U16 for each transport: what was cut is never told as an end. */
  @ParameterizedTest
  @MethodSource("pairs")
  void a_stream_that_is_cut_is_no_answer(List<Object> pair) throws IOException {
    var type = (String) pair.getFirst();
    var client = (Client) pair.getLast();
    var body = stream(type);
    for (var kept : List.of(body.length / 2, body.length * 3 / 4)) {
      recovered(type);
      var cut = Arrays.copyOf(body, kept);
      answers(streamed(type, cut, type.equals("vertex") ? body.length : kept));
      var events = ask(client, type, ",\"stream\":true");
      assertThat(events.body()).contains("error").doesNotContain(client.terminator);
    }
  }

  @Test
  void a_damaged_event_stream_is_an_error_and_no_answer() throws IOException {
    recovered("bedrock");
    var body = stream("bedrock");
    body[body.length - 40] ^= 1;
    answers(streamed("bedrock", body, body.length));
    var events = ask(Client.CHAT, "bedrock", ",\"stream\":true");
    assertThat(events.body()).contains("upstream_invalid_response").doesNotContain("[DONE]");
  }

  @Test
  void an_exception_in_an_event_stream_is_told_as_what_it_is() {
    recovered("bedrock");
    var body = EventStreamBytes.exception("throttlingException", "{\"message\":\"slow down\"}");
    answers(streamed("bedrock", body, body.length));
    var answer = ask(Client.CHAT, "bedrock", ",\"stream\":true");
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("upstream_rate_limited").doesNotContain("slow down");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      gemini  | POST /models/gpt:generateContent | x-goog-api-key: key-of-the-provider
      vertex  | POST /v1/projects/acme/locations/europe-west4/publishers/google/models/gpt:generateContent | authorization: Bearer tok
      bedrock | POST /model/gpt/converse | authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/
      cohere  | POST /v2/chat | authorization: Bearer key-of-the-provider
      azure   | POST /openai/v1/chat/completions | api-key: key-of-the-provider
      """)
  void each_type_is_asked_at_its_path_with_its_credential(String type, String line, String header) {
    recovered(type);
    var head = upstream.last().head();
    assertThat(head).startsWith(line);
    assertThat(head).contains(header);
    if (type.equals("azure")) {
      assertThat(upstream.last().text()).contains("\"model\":\"prod 1\"");
    }
  }

  /** Rows U23 and U24: whichever way a vendor says it. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      gemini  | 400 | {"error":{"code":400,"status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}} | 502 | upstream_auth_error
      gemini  | 429 | {"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"AIzaSecret"}} | 429 | upstream_rate_limited
      vertex  | 404 | {"error":{"code":404,"status":"NOT_FOUND","message":"no"}} | 404 | upstream_invalid_request
      bedrock | 403 | {"message":"The security token AKIDEXAMPLE is invalid."} | 502 | upstream_auth_error
      bedrock | 424 | {"message":"model failed"} | 502 | upstream_unavailable
      cohere  | 422 | {"message":"bad"} | 422 | upstream_invalid_request
      """)
  void a_refusal_is_told_in_our_words(String type, int status, String body, int told, String code) {
    recovered(type);
    answersJson(status, body);
    var answer = ask(Client.CHAT, type, "");
    assertThat(answer.body()).contains(code).doesNotContain("AKIDEXAMPLE").doesNotContain("AIza");
    assertThat(answer.statusCode()).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      gemini  | 200 | ok | GET /models
      gemini  | 401 | credential_refused | GET /models
      vertex  | 404 | ok | POST /v1/projects/acme/locations/europe-west4/publishers/google/models/weir-probe:countTokens
      vertex  | 403 | credential_refused | POST /v1
      bedrock | 400 | ok | POST /model/weir.probe-v1%3A0/converse
      bedrock | 403 | credential_refused | POST /model
      cohere  | 200 | ok | GET /v1/models
      azure   | 200 | ok | GET /openai/v1/models
      """)
  void each_type_is_tried_out_by_something_that_costs_nothing(
      String type, int status, String outcome, String line) {
    answersJson(status, "{}");
    var answer = owner.post("/providers/" + IDS.get(type) + "/test", "");
    assertThat(answer.text()).contains("\"outcome\":\"" + outcome + "\"");
    assertThat(upstream.last().head()).startsWith(line);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      "type":"bedrock" | region
      "type":"vertex","region":"global" | project
      "type":"openai","region":"x" | region
      "type":"gemini","api_version":"1" | api_version
      "type":"azure" | base_url
      "type":"nothing" | type
      "type":"gemini","credentials":[{"access_key_id":"a","secret_access_key":"b"}] | credentials[0]
      "type":"bedrock","region":"r","credentials":[{"access_key_id":"a"}] | credentials[0].secret_access_key
      "type":"vertex","region":"r","project":"p","credentials":[{"service_account":"{}"}] | credentials[0]
      "type":"cohere","credentials":[{}] | credentials[0]
      "type":"cohere","credentials":[{"api_key":"a","service_account":"{}"}] | credentials[0]
      """)
  void what_a_type_does_not_take_or_lacks_names_the_field(String members, String param) {
    var answer = owner.post("/providers", "{\"name\":\"wrong\"," + members + "}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.param()).isEqualTo(param);
  }

  @Test
  void a_vendors_own_address_is_known_and_no_secret_is_shown() {
    var answer = owner.post(
        "/providers",
        "{\"name\":\"own\",\"type\":\"bedrock\",\"region\":\"us-west-2\",\"active\":false,"
            + "\"credentials\":[{\"access_key_id\":\"AKID\",\"secret_access_key\":\"s3cret\"}]}");
    assertThat(answer.get("base_url")).isEqualTo("https://bedrock-runtime.us-west-2.amazonaws.com");
    assertThat(answer.get("region")).isEqualTo("us-west-2");
    assertThat(answer.text()).doesNotContain("s3cret").doesNotContain("AKID");
  }
}
