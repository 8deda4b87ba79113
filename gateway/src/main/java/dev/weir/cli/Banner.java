package dev.weir.cli;

import java.time.Duration;

/** What a fresh start prints: where everything is, and two commands that work as pasted. Stateless. */
final class Banner {
  private Banner() {}

  static String of(Quickstart running, Duration startedIn) {
    var base = "http://localhost:" + running.gateway().dataPort();
    var key = running.key();
    var folder = running.directory().path();
    return """

        Weir is up (%s s).

          data     %s/v1
          admin    http://localhost:%d  (metrics: /metrics)
          key      %s
          token    %s
          logs     %s

        Paste one of these:

        %s

        %s

        Ctrl-C stops it.
        """.formatted(
            seconds(startedIn),
            base,
            running.gateway().adminPort(),
            key.orElse("none in this folder; make one: ./weir keys create --data-dir " + folder
                + " --tenant NAME --name NAME"),
            running.token(),
            running.directory().logs().resolve("gateway.log"),
            curl("curl", base, key.orElse("YOUR-KEY"), ""),
            curl("curl -N", base, key.orElse("YOUR-KEY"), ",\"stream\":true"));
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000 + "." + time.toMillis() % 1000 / 100;
  }

  private static String curl(String command, String base, String key, String members) {
    return "  " + command + " " + base + "/v1/chat/completions -H 'Authorization: Bearer " + key
        + "' -H 'Content-Type: application/json' -d '{\"model\":\"sandbox-echo\"" + members
        + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello, river\"}]}'";
  }
}
