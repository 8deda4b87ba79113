package dev.weir.pipeline;

import dev.weir.identity.Credential;
import dev.weir.protocol.Dialect;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Reply;
import dev.weir.routing.ApiRoute;
import dev.weir.telemetry.RequestTrace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An exchange on a tenant's own path: its body with what the route fixes, all else as the client sent it. */
record RoutedExchange(Exchange client, ApiRoute fixed) implements Exchange {
  @Override
  public Optional<ApiRoute> route() {
    return Optional.of(fixed);
  }

  @Override
  public byte[] body() {
    return fixed.body(client.body());
  }

  @Override
  public String method() {
    return client.method();
  }

  @Override
  public String path() {
    return client.path();
  }

  @Override
  public String pathParameter(String name) {
    return client.pathParameter(name);
  }

  @Override
  public String rawQuery() {
    return client.rawQuery();
  }

  @Override
  public Optional<String> query(String name) {
    return client.query(name);
  }

  @Override
  public String clientAddress() {
    return client.clientAddress();
  }

  @Override
  public @Nullable String header(String name) {
    return client.header(name);
  }

  @Override
  public Credential credential() {
    return client.credential();
  }

  @Override
  public RequestTrace trace() {
    return client.trace();
  }

  @Override
  public void speak(Dialect dialect) {
    client.speak(dialect);
  }

  @Override
  public Delivery relay(Reply reply) {
    return client.relay(reply);
  }

  @Override
  public void fail(GatewayException failure) {
    client.fail(failure);
  }

  @Override
  public void fail(GatewayException failure, List<Map.Entry<String, String>> headers) {
    client.fail(failure, headers);
  }
}
