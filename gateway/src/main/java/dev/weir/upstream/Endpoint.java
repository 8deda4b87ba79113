package dev.weir.upstream;

import dev.weir.provider.Credential;
import dev.weir.provider.OpenAiTranslator;
import dev.weir.provider.Presentation;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;
import dev.weir.provider.Translator;

/** What does not change from request to request to one provider with one credential. Immutable. */
record Endpoint(
    String host,
    int port,
    boolean tls,
    String path,
    Presentation credential,
    Translator translator,
    Reach reach) {
  /** Stands where nothing is sent: a provider inside the process. */
  static final Endpoint NONE =
      new Endpoint("", 0, false, "", Presentation.NONE, OpenAiTranslator.INSTANCE, Reach.ANYWHERE);

  static Endpoint of(RemoteProvider provider, Credential credential) {
    var url = provider.baseUrl();
    var tls = "https".equals(url.getScheme());
    var port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    var path = url.getRawPath() == null ? "" : url.getRawPath();
    return new Endpoint(
        url.getHost(),
        port,
        tls,
        path,
        provider.translator().present(credential),
        provider.translator(),
        provider.reach());
  }

  /** The Host header: the port stands in it unless it is the scheme's own. */
  String hostHeader() {
    return port == (tls ? 443 : 80) ? host : host + ":" + port;
  }
}
