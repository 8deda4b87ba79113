package dev.weir.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBodyTest {
  private final GatewayException failure = GatewayException.of(
          ErrorCode.INVALID_VALUE, "a \"bad\"\nvalue")
      .param("messages[2].role")
      .detail("secret");

  @Test
  void openai_reads_message_type_param_and_code() {
    assertThat(new String(ErrorBody.openai(failure), UTF_8))
        .isEqualTo("{\"error\":{\"message\":\"a \\\"bad\\\"\\nvalue\","
            + "\"type\":\"invalid_request_error\",\"param\":\"messages[2].role\","
            + "\"code\":\"invalid_value\"}}");
    var plain = GatewayException.of(ErrorCode.OVERLOADED, "later");
    assertThat(new String(ErrorBody.openai(plain), UTF_8))
        .isEqualTo("{\"error\":{\"message\":\"later\",\"type\":\"server_error\",\"param\":null,"
            + "\"code\":\"overloaded\"}}");
  }

  @Test
  void an_error_event_is_one_event() {
    assertThat(new String(ErrorBody.openaiEvent(failure), UTF_8))
        .isEqualTo("data: " + new String(ErrorBody.openai(failure), UTF_8) + "\n\n");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_JSON,invalid_request_error",
    "INVALID_API_KEY,authentication_error",
    "PERMISSION_DENIED,permission_error",
    "MODEL_NOT_FOUND,not_found_error",
    "REQUEST_TOO_LARGE,request_too_large",
    "RATE_LIMIT_EXCEEDED,rate_limit_error",
    "INTERNAL_ERROR,api_error",
    "UPSTREAM_UNAVAILABLE,api_error",
    "OVERLOADED,overloaded_error",
    "UPSTREAM_TIMEOUT,timeout_error"
  })
  void anthropic_has_types_of_its_own(ErrorCode code, String type) {
    var told = GatewayException.of(code, "m").detail("secret");
    assertThat(new String(ErrorBody.anthropic(told, "r-1"), UTF_8))
        .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"" + type
            + "\",\"message\":\"m\"},\"request_id\":\"r-1\"}");
  }
}
