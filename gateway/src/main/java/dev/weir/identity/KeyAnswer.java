package dev.weir.identity;

import java.util.Optional;

/**
 * What the store says of a public id, and as of when. Immutable.
 *
 * @param version of the configuration it was read at: all changes up to this one are in it
 * @param found empty: there is no such key
 */
public record KeyAnswer(long version, Optional<KeyRecord> found) {}
