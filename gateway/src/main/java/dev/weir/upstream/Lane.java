package dev.weir.upstream;

/**
 * One target with one credential: the narrowest thing that can fail by itself. Immutable but for the states it refers to.
 *
 * @param credential its id; empty for a provider inside the process
 */
record Lane(TargetState target, String credential, Circuit circuit, Endpoint endpoint) {}
