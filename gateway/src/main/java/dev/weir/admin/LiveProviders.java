package dev.weir.admin;

import dev.weir.upstream.ProviderProbe;
import dev.weir.upstream.Targets;

/**
 * What the admin plane may ask of the way to providers. Immutable; its parts are safe for many threads.
 *
 * @param probe tries a provider out
 * @param targets how those that were asked are doing
 */
public record LiveProviders(ProviderProbe probe, Targets targets) {}
