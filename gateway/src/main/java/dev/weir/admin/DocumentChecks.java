package dev.weir.admin;

import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.profile.GuardrailProfile;
import dev.weir.provider.Vendors;

/**
 * What the packages that use a document say of it before it is saved. Immutable.
 *
 * @param baseUrls where providers may be
 * @param detectors which guardrails there are
 */
public record DocumentChecks(BaseUrlCheck baseUrls, Detectors detectors, Vendors vendors) {
  /** The rules of a profile. */
  Resource.DocumentCheck guardrailProfile() {
    return profile -> {
      var _ = GuardrailProfile.read(
          profile.path("id").asString(""),
          profile.path("name").asString(""),
          0,
          profile.get("rules").toString(),
          detectors);
    };
  }
}
