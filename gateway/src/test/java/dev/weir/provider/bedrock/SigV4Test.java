package dev.weir.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.provider.Credential;
import dev.weir.provider.Presentation;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published vectors of AWS's test suite for Signature Version 4: credentials, date and expected signatures are its own. */
class SigV4Test {
  private static final SigV4 SIGNER =
      new SigV4("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1/service");
  private static final String TOKEN =
      "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSP"
          + "fIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDY"
          + "wT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scq"
          + "Kmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

  private static String signed(
      String method, String target, String body, Map<String, String> more) {
    var headers =
        new TreeMap<>(Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z"));
    headers.putAll(more);
    return SIGNER.authorization(method, target, headers, body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "get-vanilla,GET,/,5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "post-vanilla,POST,/,5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    "get-vanilla-query-order-key-case,GET,/?Param2=value2&Param1=value1,"
        + "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    "post-vanilla-query,POST,/?Param1=value1,"
        + "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
    "get-utf8,GET,/ሴ,8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
    "get-space,GET,/example space/,652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"
  })
  void paths_and_queries_are_signed_as_published(
      String name, String method, String target, String signature) {
    assertThat(signed(method, target, "", Map.of()))
        .as(name)
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature=" + signature);
  }

  @Test
  void headers_bodies_and_session_tokens_are_signed_as_published() {
    assertThat(
            signed("GET", "/", "", Map.of("my-header1", " value1", "my-header2", "\"a   b   c\"")))
        .contains("SignedHeaders=host;my-header1;my-header2;x-amz-date")
        .endsWith("acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
    assertThat(signed(
            "POST",
            "/",
            "Param1=value1",
            Map.of("content-type", "application/x-www-form-urlencoded")))
        .endsWith("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    assertThat(signed("POST", "/", "", Map.of("x-amz-security-token", TOKEN)))
        .endsWith("85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead");
  }

  @Test
  void an_access_key_signs_host_date_and_token_and_a_path_that_is_escaped_already() {
    var secret = "{\"access_key_id\":\"AKIDEXAMPLE\",\"secret_access_key\":\"s3cret\","
        + "\"session_token\":\"tok\"}";
    var key = AccessKey.read(new Credential("c", secret), "eu-west-1");
    var at = Instant.parse("2015-08-30T12:36:00Z");
    var headers = key.headers(
        new Presentation.Draft("h:81", "/model/a.b-v1%3A0/converse", "{}".getBytes(UTF_8), at));
    assertThat(headers).contains(Map.entry("x-amz-date", "20150830T123600Z"));
    assertThat(headers).contains(Map.entry("x-amz-security-token", "tok"));
    assertThat(headers.getFirst().getValue())
        .startsWith(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-west-1/bedrock/aws4_request")
        .contains("SignedHeaders=host;x-amz-date;x-amz-security-token");
    assertThat(key.toString()).doesNotContain("s3cret").doesNotContain("tok");
    assertThatThrownBy(
            () -> AccessKey.read(new Credential("c", "{\"access_key_id\":\"A\"}"), "eu-west-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("secret_access_key");
  }
}
