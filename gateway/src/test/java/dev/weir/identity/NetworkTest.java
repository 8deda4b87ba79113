package dev.weir.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.7, 10.0.0.7, true",
    "10.0.0.7, 10.0.0.8, false",
    "192.168.4.0/22, 192.168.7.255, true",
    "192.168.4.0/22, 192.168.8.0, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:0:1::5, true",
    "2001:db8::/32, 2001:db9::1, false",
    "::1, 0:0:0:0:0:0:0:1, true",
    "fe80::/10, fe80::1%eth0, true",
    "127.0.0.0/8, ::ffff:127.0.0.1, true"
  })
  void an_address_is_held_or_not(String network, String address, boolean held) {
    assertThat(Network.parse(network).orElseThrow().holds(address)).isEqualTo(held);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "localhost",
        "example.com",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "10.0.0.1/8",
        "10.0.0",
        "10.0.0.256",
        "2130706433",
        "0x7f000001",
        "::/129",
        "2001:db8::1/32",
        "10.0.0.0/08x",
        " 10.0.0.0/8",
        "10.0.0.0/8 ",
        "10.0.0.0/٨",
        "1.2.3.4.5",
        "::g"
      })
  void what_is_no_network_is_not_read(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }
}
