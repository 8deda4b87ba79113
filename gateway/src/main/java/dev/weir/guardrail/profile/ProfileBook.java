package dev.weir.guardrail.profile;

import dev.weir.guardrail.Detectors;
import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The profiles that one tenant may name, and the chains that were made of them. Safe for many threads; a chain is made
 * once for each combination that is asked for, and found by one look-up after that.
 *
 * <p>The nearest level that names a profile decides; every rule that a level above it marks mandatory holds besides. A
 * profile that is named and not there stops the request: what cannot be checked does not pass.
 */
public final class ProfileBook {
  /** Most combinations that are kept: a tenant's levels and the profiles it has bound them. */
  private static final int MOST_CHAINS = 4096;

  private final Detectors detectors;
  private final Map<String, GuardrailProfile> profiles;
  private final Optional<String> byDefault;
  private final Map<Combination, GuardrailChain> chains = new ConcurrentHashMap<>();

  private record Combination(List<Naming> namings, Optional<String> more) {}

  private ProfileBook(
      Detectors detectors, Map<String, GuardrailProfile> profiles, Optional<String> byDefault) {
    this.detectors = detectors;
    this.profiles = Map.copyOf(profiles);
    this.byDefault = byDefault;
  }

  /**
   * A book of these profiles and those that are built in.
   *
   * @param byDefault the profile that holds where no level names one; empty: nothing is looked for
   */
  public static ProfileBook of(
      List<GuardrailProfile> own, BuiltInProfiles builtIn, Optional<String> byDefault) {
    var all = new HashMap<>(builtIn.all());
    own.forEach(profile -> all.put(profile.id(), profile));
    return new ProfileBook(builtIn.detectors(), all, byDefault);
  }

  /** A book of these profiles besides those of this one. */
  public ProfileBook with(List<GuardrailProfile> own) {
    var all = new HashMap<>(profiles);
    own.forEach(profile -> all.put(profile.id(), profile));
    return new ProfileBook(detectors, all, byDefault);
  }

  /** A chain that looks for everything there is, and flags it. */
  public GuardrailChain everythingFlagged() {
    var rules = detectors.ids().stream()
        .sorted()
        .map(id -> "{\"guardrail\":\"" + id
            + "\",\"action\":\"flag\",\"directions\":[\"input\",\"output\"]}")
        .collect(Collectors.joining(",", "[", "]"));
    var compiler = new ChainCompiler(detectors);
    compiler.add(
        GuardrailProfile.read("all", "all", 0, rules, detectors),
        "default",
        ChainCompiler.Taken.ALL);
    return compiler.compile();
  }

  /** The profile of an id; null when there is none. */
  public @Nullable GuardrailProfile profile(String id) {
    return profiles.get(id);
  }

  public Detectors detectors() {
    return detectors;
  }

  /**
   * The chain for a caller.
   *
   * @param namings the levels that name a profile, the nearest first
   * @param more a profile that the request asks for: its rules are added, and nothing is taken away
   * @throws GatewayException INVALID_VALUE when the request asks for a profile that is not there, OVERLOADED when a level
   *     does: it is being made or taken away at this moment
   */
  public GuardrailChain chain(List<Naming> namings, Optional<String> more) {
    if (namings.isEmpty() && more.isEmpty() && byDefault.isEmpty()) {
      return GuardrailChain.EMPTY;
    }
    var combination = new Combination(namings, more);
    var chain = chains.get(combination);
    if (chain == null) {
      chain = compile(combination);
      if (chains.size() < MOST_CHAINS) {
        chains.put(combination, chain);
      }
    }
    return chain;
  }

  private GuardrailChain compile(Combination combination) {
    var compiler = new ChainCompiler(detectors);
    var taken = ChainCompiler.Taken.ALL;
    for (var naming : combination.namings()) {
      compiler.add(named(naming), naming.level(), taken);
      taken = ChainCompiler.Taken.MANDATORY;
    }
    if (combination.namings().isEmpty() && byDefault.isPresent()) {
      compiler.add(named(new Naming("default", byDefault.get())), "default", taken);
    }
    combination.more().ifPresent(id -> {
      var profile = profiles.get(id);
      if (profile == null) {
        throw GatewayException.of(
            ErrorCode.INVALID_VALUE,
            "There is no guardrail profile of the name in x-weir-guardrail-profile.");
      }
      compiler.add(profile, "request", ChainCompiler.Taken.ADDED);
    });
    var chain = compiler.compile();
    if (chain.checksInput() || chain.checksOutput()) {
      detectors.warm();
    }
    return chain;
  }

  private GuardrailProfile named(Naming naming) {
    var profile = profiles.get(naming.profileId());
    if (profile == null) {
      throw GatewayException.of(
              ErrorCode.OVERLOADED,
              "The guardrails of this key are not there yet. Please try again.")
          .retryAfter(Duration.ofSeconds(1))
          .detail("no guardrail profile " + naming.profileId() + " for level " + naming.level());
    }
    return profile;
  }
}
