package dev.weir.provider;

import dev.weir.protocol.InvalidDocument;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All kinds of providers: finds one by its type, and makes providers of what configuration says. Immutable. */
public final class Vendors {
  private final List<Vendor> all;

  public Vendors(List<Vendor> all) {
    this.all = List.copyOf(all);
  }

  /** The names that {@code type} may have, in order. */
  public List<String> types() {
    return all.stream().map(Vendor::type).toList();
  }

  /**
   * The kind of this name.
   *
   * @throws InvalidDocument when there is none
   */
  public Vendor of(String type) {
    return all.stream()
        .filter(vendor -> vendor.type().equals(type))
        .findFirst()
        .orElseThrow(
            () -> new InvalidDocument("type", "One of " + String.join(", ", types()) + "."));
  }

  /**
   * The base URL of a provider.
   *
   * @param written as an operator wrote it; empty for the vendor's own
   * @throws InvalidDocument naming the field at fault: {@code type}, {@code base_url} or a setting
   */
  public URI baseUrl(String type, Optional<String> written, ProviderSettings settings) {
    var vendor = of(type);
    check(vendor, settings);
    var text = written.orElseGet(() -> home(type, settings));
    try {
      return vendor.complete(url("It", text), settings);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidDocument("base_url", wrong.getMessage() + ".");
    }
  }

  /**
   * The vendor's own address.
   *
   * @throws InvalidDocument naming the field at fault; {@code base_url} where there is no such address
   */
  public String home(String type, ProviderSettings settings) {
    check(of(type), settings);
    return of(type)
        .home(settings)
        .orElseThrow(() -> new InvalidDocument(
            "base_url", "A provider of type " + type + " has an address of its own."));
  }

  /**
   * Looks whether each secret is one that a provider takes.
   *
   * @throws InvalidDocument naming the one that is not: {@code credentials[1]}
   */
  public void check(String type, ProviderSettings settings, List<String> secrets) {
    var vendor = of(type);
    check(vendor, settings);
    var translator = vendor.translator(settings);
    for (var i = 0; i < secrets.size(); i++) {
      try {
        var _ = translator.present(new Credential("given", secrets.get(i)));
      } catch (IllegalArgumentException wrong) {
        throw new InvalidDocument("credentials[" + i + "]", wrong.getMessage() + ".");
      }
    }
  }

  private static void check(Vendor vendor, ProviderSettings settings) {
    for (var field : ProviderSettings.Field.values()) {
      var given = settings.given().contains(field);
      if (!given && vendor.needs().contains(field)) {
        throw new InvalidDocument(
            field.key(), "A provider of type " + vendor.type() + " needs it.");
      }
      if (given && !vendor.needs().contains(field) && !vendor.takes().contains(field)) {
        throw new InvalidDocument(
            field.key(), "A provider of type " + vendor.type() + " does not take it.");
      }
    }
  }

  /** The providers that an environment speaks of. */
  public List<RemoteProvider> fromEnvironment(Map<String, String> environment) {
    var found = new ArrayList<RemoteProvider>();
    for (var vendor : all) {
      vendor.environment(environment).ifPresent(one -> found.add(made(vendor, one)));
    }
    return List.copyOf(found);
  }

  private RemoteProvider made(Vendor vendor, Vendor.Found found) {
    try {
      check(vendor.type(), found.settings(), found.secrets());
      return new RemoteProvider(
          vendor.type(),
          baseUrl(vendor.type(), found.url(), found.settings()),
          found.secrets().stream()
              .map(secret -> new Credential(vendor.type(), secret))
              .toList(),
          List.of(),
          Reach.ANYWHERE,
          vendor.translator(found.settings()));
    } catch (InvalidDocument wrong) {
      throw new IllegalArgumentException("the environment's provider " + vendor.type() + ": "
          + wrong.path() + ": " + wrong.getMessage());
    }
  }

  /** A variable that is set and not blank. */
  public static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /**
   * Reads a base URL as operators write it; a slash at its end is taken away.
   *
   * @param where what holds it, for the message
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static URI url(String where, String text) {
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException bad) {
      throw new IllegalArgumentException(where + " is not a URL: " + bad.getReason());
    }
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException(where + " must begin with http:// or https://");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(where + " names no host");
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          where + " must hold no user, query or fragment; keys have a variable of their own");
    }
    var plain = url.toString();
    return URI.create(plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain);
  }
}
