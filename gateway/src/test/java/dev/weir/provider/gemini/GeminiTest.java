package dev.weir.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.anthropic.MessagesRequest;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.provider.Credential;
import dev.weir.provider.Presentation;
import dev.weir.provider.ProviderCall;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiTest {
  private static final GeminiTranslator GEMINI =
      new GeminiTranslator(GeminiTranslator.Surface.GEMINI_API);
  private static final GeminiTranslator VERTEX =
      new GeminiTranslator(GeminiTranslator.Surface.VERTEX);
  private static final Instant AT = Instant.ofEpochSecond(1_764_000_000);

  private static ConversationRequest hello(String more) {
    var body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]" + more + "}";
    return ChatRequest.read(body.getBytes(UTF_8));
  }

  private static ProviderCall call(GeminiTranslator translator, String model) {
    return translator.call(hello(""), model, AT);
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-pro,/models/gemini-2.5-pro:generateContent",
    "models/gemini-2.5-pro,/models/gemini-2.5-pro:generateContent",
    "tunedModels/mine,/tunedModels/mine:generateContent",
    "../../v1/x?key=1,/models/..%2F..%2Fv1%2Fx%3Fkey%3D1:generateContent"
  })
  void a_models_name_is_one_segment_of_the_path(String model, String path) {
    assertThat(call(GEMINI, model).path()).isEqualTo(path);
  }

  @Test
  void vertex_has_publishers_and_endpoints() {
    assertThat(call(VERTEX, "gemini-2.5-pro").path())
        .isEqualTo("/publishers/google/models/gemini-2.5-pro:generateContent");
    assertThat(VERTEX.call(hello(",\"stream\":true"), "endpoints/123", AT).path())
        .isEqualTo("/endpoints/123:streamGenerateContent?alt=sse");
    assertThatThrownBy(() -> call(VERTEX, "endpoints/.."))
        .isInstanceOfSatisfying(
            GatewayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND));
  }

  @Test
  void the_signature_of_a_call_survives_three_turns_of_a_client_without_a_place_for_it() {
    var answer = """
        {"responseId":"r1","candidates":[{"content":{"role":"model","parts":[
          {"text":"Hm.","thought":true},
          {"functionCall":{"id":"f1","name":"look","args":{"at":1.10}},"thoughtSignature":"c2ln/+=="}]},
          "finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1}}""";
    var history = new StringBuilder("{\"role\":\"user\",\"content\":\"Look\"}");
    for (var turn = 1; turn <= 3; turn++) {
      var asked = MessagesRequest.read(("{\"model\":\"m\",\"max_tokens\":9,\"messages\":[" + history
              + "],\"tools\":[{\"name\":\"look\",\"input_schema\":{\"type\":\"object\"}}]}")
          .getBytes(UTF_8));
      var call = GEMINI.call(asked, "gemini-3-pro", AT);
      assertThat(new String(call.body(), UTF_8).split("c2ln/\\+==", -1)).hasSize(turn);
      assertThat(new String(call.body(), UTF_8)).doesNotContain("skip_thought");
      var told = call.reader().whole(answer.getBytes(UTF_8));
      var whole = JsonFields.ofUpstream(told, 0, told.length);
      var content = new String(whole.value("content").orElseThrow().bytes(), UTF_8);
      history.append(",{\"role\":\"assistant\",\"content\":").append(content).append("}");
      history
          .append(",{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":")
          .append("\"f1\",\"content\":\"seen\"}]}");
    }
  }

  @Test
  void another_providers_call_is_marked_for_models_that_check_signatures() {
    var asked = ChatRequest.read("""
        {"model":"m","messages":[{"role":"user","content":"?"},{"role":"assistant","tool_calls":[
          {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},
          {"id":"b","type":"function","function":{"name":"f","arguments":"{}"}}]},
          {"role":"tool","tool_call_id":"a","content":"1"},
          {"role":"tool","tool_call_id":"b","content":"{\\"n\\":2}"}]}""".getBytes(UTF_8));
    var newer = new String(GEMINI.call(asked, "gemini-3-pro", AT).body(), UTF_8);
    assertThat(newer).containsOnlyOnce("skip_thought_signature_validator");
    assertThat(newer)
        .contains("\"response\":{\"n\":2}")
        .contains("\"response\":{\"output\":\"1\"}");
    assertThat(new String(GEMINI.call(asked, "gemini-2.5-pro", AT).body(), UTF_8))
        .doesNotContain("thoughtSignature");
    assertThat(new String(VERTEX.call(asked, "gemini-3-pro", AT).body(), UTF_8))
        .doesNotContain("\"id\":");
  }

  @Test
  void a_wrong_key_is_told_from_a_wrong_request() {
    var error = GEMINI.error("""
        {"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[
          {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}""".getBytes(UTF_8));
    assertThat(error.code()).isEqualTo("invalid_api_key");
    var tooLong = VERTEX.error("""
        [{"error":{"code":400,"message":"The input token count (9) exceeds the maximum number of \
        tokens allowed (8).","status":"INVALID_ARGUMENT"}}
        ]""".getBytes(UTF_8));
    assertThat(tooLong.reason()).contains("context_length_exceeded");
    assertThat(GEMINI.error("<html>".getBytes(UTF_8)).reason()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "429,UPSTREAM_RATE_LIMITED",
    "503,UPSTREAM_UNAVAILABLE",
    "400,UPSTREAM_INVALID_REQUEST",
    "403,UPSTREAM_AUTH_ERROR",
    "504,UPSTREAM_TIMEOUT"
  })
  void an_error_inside_a_stream_is_a_failure(int status, ErrorCode code) {
    var reader = GEMINI.call(hello(",\"stream\":true"), "m", AT).reader();
    var frame =
        "data: {\"error\":{\"code\":" + status + ",\"message\":\"no\",\"status\":\"X\"}}\n\n";
    assertThatThrownBy(() -> reader.event(frame.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            GatewayException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  /** Rows U14 and U20. */
  @Test
  void a_stream_without_a_reason_is_not_complete() {
    var reader = GEMINI.call(hello(",\"stream\":true"), "m", AT).reader();
    var _ =
        reader.event("data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}]}\n\n"
            .getBytes(UTF_8));
    assertThat(reader.end()).isEmpty();
    assertThat(reader.complete()).isFalse();
    var whole = GEMINI.call(hello(""), "m", AT).reader();
    assertThatThrownBy(() -> whole.whole("{\"candidates\":[]}".getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            GatewayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_RESPONSE));
  }

  @Test
  void a_call_that_the_model_botched_is_an_invalid_answer() {
    var reader = GEMINI.call(hello(""), "m", AT).reader();
    var answer = "{\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}";
    assertThatThrownBy(() -> reader.whole(answer.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            GatewayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_INVALID_RESPONSE));
  }

  private static KeyPair keys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  @Test
  void a_service_account_signs_for_its_tokens() throws GeneralSecurityException {
    var keys = keys();
    var pem = "-----BEGIN PRIVATE KEY-----\\n"
        + Base64.getEncoder()
            .encodeToString(keys.getPrivate().getEncoded())
            .replaceAll("(.{64})", "$1\\\\n")
        + "\\n-----END PRIVATE KEY-----\\n";
    var file = "{\n \"type\": \"service_account\",\n \"client_email\": \"w@p.iam\",\n"
        + " \"private_key_id\": \"k1\",\n \"private_key\": \"" + pem + "\"\n}";
    var presented = VERTEX.present(new Credential("c", file));
    assertThat(presented).isEqualTo(VERTEX.present(new Credential("c", file)));
    var grant = ((Presentation.Token) presented).grant();
    assertThat(grant.url().toString()).isEqualTo("https://oauth2.googleapis.com/token");
    var form = new String(grant.form(AT), UTF_8);
    assertThat(form).startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer");
    var parts = form.substring(form.indexOf("assertion=") + 10).split("\\.", -1);
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(keys.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    var claims = JsonFields.of(
        JsonObject.read(Base64.getUrlDecoder().decode(parts[1])), JsonFields.Author.CLIENT);
    assertThat(claims.requiredText("iss")).isEqualTo("w@p.iam");
    assertThat(claims.requiredText("aud")).isEqualTo(grant.url().toString());
    assertThat(claims.integer("exp")).contains(AT.getEpochSecond() + 3600);
  }

  @Test
  void a_key_file_that_is_none_is_refused_without_being_repeated() {
    assertThatThrownBy(() -> VERTEX.present(
            new Credential("c", "{\"client_email\":\"e\",\"private_key\":\"s3cret\"}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("private_key")
        .hasMessageNotContaining("s3cret");
  }
}
