package dev.weir.bench.service;

import dev.weir.bench.service.ServiceDefinition.Kind;
import java.util.List;
import java.util.Map;

/** The services that need no table: Weir itself, and plain proxies as the measure of what any proxy costs. */
public final class KnownServices {
  /** One thread, as everything gets one core; a stream's frame leaves at once. */
  private static final String HAPROXY = """
      global
        nbthread 1
        maxconn 12000
        no strict-limits
      defaults
        mode http
        option http-no-delay
        http-reuse always
        timeout connect 3s
        timeout client 120s
        timeout server 120s
      frontend in
        bind 127.0.0.1:{port} backlog 4096
        default_backend out
      backend out
        server mock 127.0.0.1:{upstream}
      """;

  private static final String NGINX = """
      daemon off;
      worker_processes 1;
      pid {dir}/nginx.pid;
      error_log stderr warn;
      events { worker_connections 24000; }
      http {
        access_log off;
        client_body_temp_path {dir}/body;
        proxy_temp_path {dir}/proxy;
        fastcgi_temp_path {dir}/fastcgi;
        uwsgi_temp_path {dir}/uwsgi;
        scgi_temp_path {dir}/scgi;
        keepalive_requests 100000000;
        client_body_buffer_size 256k;
        upstream mock {
          server 127.0.0.1:{upstream};
          keepalive 1024;
          keepalive_requests 100000000;
        }
        server {
          listen 127.0.0.1:{port} backlog=4096;
          location / {
            proxy_pass http://mock;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
          }
        }
      }
      """;

  private KnownServices() {}

  /** Weir by the launcher, with the mock as its OpenAI-compatible provider. */
  public static ServiceDefinition weir() {
    return weir(List.of(
        "{home}/weir",
        "up",
        "--data-dir",
        "{dir}/data",
        "--host",
        "127.0.0.1",
        "--port",
        "{port}",
        "--admin-port",
        "{admin-port}"));
  }

  /** Weir by another command, which must keep its data in {@code {dir}/data}. */
  public static ServiceDefinition weir(List<String> command) {
    return new ServiceDefinition(
        "weir",
        Kind.GATEWAY,
        command,
        Map.of(
            "OPENAI_BASE_URL", "http://127.0.0.1:{upstream}/v1",
            "OPENAI_API_KEY", "not-a-secret",
            // a cache for faster starts is made by a second JVM, which must not run beside this one
            "WEIR_AOT_DELAY", "86400"),
        null,
        null,
        "openai/",
        null,
        null,
        "{dir}/data/demo-key",
        null);
  }

  public static ServiceDefinition haproxy() {
    return plain("haproxy", List.of("haproxy", "-db", "-f", "{dir}/haproxy.cfg"), HAPROXY);
  }

  public static ServiceDefinition nginx() {
    return plain("nginx", List.of("nginx", "-e", "stderr", "-c", "{dir}/nginx.cfg"), NGINX);
  }

  private static ServiceDefinition plain(String name, List<String> command, String config) {
    return new ServiceDefinition(
        name,
        Kind.PLAIN,
        command,
        null,
        Map.of(name + ".cfg", config),
        null,
        null,
        null,
        null,
        null,
        "apt-get install " + (name.equals("nginx") ? "nginx-light" : name));
  }
}
