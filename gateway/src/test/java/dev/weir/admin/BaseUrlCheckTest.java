package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.protocol.InvalidDocument;
import dev.weir.provider.Reach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C32 at the admin port: forms of an address inside, refused before anything is opened. */
class BaseUrlCheckTest {
  private static final BaseUrlCheck PUBLIC = new BaseUrlCheck(Reach.PUBLIC);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/v1",
        "http://localhost:8001/",
        "http://LOCALHOST./",
        "http://a.localhost",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://169.254.169.254/latest",
        "http://10.1.2.3",
        "http://172.16.0.1",
        "http://192.168.1.1",
        "http://100.64.0.1",
        "http://metadata.google.internal/",
        "http://metadata/",
        "http://postgres:5432/",
        "http://user:pass@api.example.com/",
        "https://api.example.com/v1?key=x",
        "https://api.example.com/#x",
        "file:///etc/passwd",
        "gopher://api.example.com/",
        "ftp://api.example.com/",
        "javascript:alert(1)",
        "//api.example.com",
        "https://",
        "https:///v1",
        "not a url",
        "http://[::1",
        ""
      })
  void an_address_inside_or_a_form_that_hides_one_is_refused(String url) {
    assertThatThrownBy(() -> PUBLIC.check(url))
        .isInstanceOf(InvalidDocument.class)
        .extracting(wrong -> ((InvalidDocument) wrong).path())
        .isEqualTo("base_url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.openai.com/v1",
        "https://api.example.com:8443/v1",
        "http://8.8.8.8/v1",
        "https://[2606:4700::1111]/v1",
        "https://10.example.com/v1"
      })
  void an_address_on_the_internet_is_taken(String url) {
    assertThatCode(() -> PUBLIC.check(url)).doesNotThrowAnyException();
  }

  @Test
  void where_the_configuration_says_so_private_ones_are_taken_too() {
    var all = new BaseUrlCheck(Reach.ANYWHERE);
    assertThatCode(() -> all.check("http://127.0.0.1:9000/v1")).doesNotThrowAnyException();
    assertThatThrownBy(() -> all.check("file:///etc/passwd")).isInstanceOf(InvalidDocument.class);
  }
}
