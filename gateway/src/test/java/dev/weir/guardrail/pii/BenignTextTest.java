package dev.weir.guardrail.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is full of digits and nobody's: nothing may be found in it. */
class BenignTextTest {
  private static final PiiDetector DETECTOR = new PiiDetector();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The meeting is on 2026-11-24 at 14:30:00, and again on 24.12.2026 or 12/24/2026.",
        "Between 1990-1995 and 2001/2002 sales rose from $1,234,567.89 to 2 345 678,90 € (+12.5%).",
        "Upgrade from version 10.0.19045.3693 to v1.2.3.4; see section 3.1.2.1.",
        "Order 20261124-000123456 shipped, invoice INV-2026-0012345, ticket #4821937.",
        "ISBN 978-3-16-148410-0, ISSN 0317-8471, DOI 10.1000/182.",
        "Timestamps 1732459800 and 1732459800123 in 1732459800123456 units.",
        "id 123e4567-e89b-12d3-a456-426614174000",
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8, md5 d41d8cd98f00b204e9800998ecf8427e",
        "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "pi is 3.14159265358979323846264338327950288 and e is 2.718281828459045",
        "for (int i = 0; i < 1000000; i++) { a[i] = 0xDEADBEEF ^ 0x12345678; }",
        "std::vector<int> v{1, 2, 3}; foo::bar::baz(); a::b",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
        "The population was 331 449 281 in 2020 and 308 745 538 in 2010.",
        "Coordinates 52.520008, 13.404954; resolution 1920x1080; ratio 16:9; score 3-2.",
        "Call me Ishmael. Some years ago, never mind how long precisely.",
        "Room 101, flight LH 4711, train ICE 599, bus 42, page 1024-1031.",
        "x = 123456789; y = 987654321; z = x * y % 1000000007",
        "@Override public void run() { } // user@localhost, @app.route('/'), a@b",
        "EAN 4006381333931, UPC 036000291452, article 10000000",
        "RGB(255, 255, 255) #ff00ff; IPv4 has 4294967296 addresses; port 65535",
        "Sample 1234567890 1234567890 1234567890",
        "The year 2000 problem; the 1950s; 20th century; 50,000,000 people; 6.02214076e23",
        "https://example.com/articles/2026/11/24/12345678?page=2&id=987654321",
        "Tue Nov 24 22:06:06 UTC 2026, 2026-11-24T22:06:06.123Z, 20261124T220606Z",
        "tracking 1Z999AA10123456784, SKU AB-123456-C, part number 45-6789-012",
        "git@github.com:weir/weir.git and ssh://git@host/repo",
        "Solve 12 + 34 - 56 * 78 = ? and 555-1234 + 1",
        "Matrix [[1, 2, 3], [4, 5, 6], [7, 8, 9]] times 3",
        "12:34:56 and 01:02:03:04 are times"
      })
  void nothing_is_found_in(String text) {
    assertThat(Found.texts(DETECTOR, text)).isEmpty();
  }
}
