package dev.weir.upstream;

import dev.weir.provider.Credential;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;

/** What does not change from request to request to one provider with one credential. Immutable. */
record Endpoint(
    String host, int port, boolean tls, String path, String authorization, Reach reach) {
  /** Stands where nothing is sent: a provider inside the process. */
  static final Endpoint NONE = new Endpoint("", 0, false, "", "", Reach.ANYWHERE);

  static Endpoint of(RemoteProvider provider, Credential credential) {
    var url = provider.baseUrl();
    var tls = "https".equals(url.getScheme());
    var port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    var path = url.getRawPath() == null ? "" : url.getRawPath();
    var key = credential.secret();
    return new Endpoint(
        url.getHost(), port, tls, path, key.isEmpty() ? "" : "Bearer " + key, provider.reach());
  }
}
