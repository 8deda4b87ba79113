package dev.weir.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * What the store says of a public id: who it is, and how to tell the right secret. Immutable by contract: nobody writes into
 * the arrays.
 *
 * @param active false when the key, or a level above it, is switched off, revoked or deleted
 * @param hash of the whole key under the pepper
 * @param previousHash of the key before the last rotation
 * @param previousUntil until when the previous one is taken
 */
public record KeyRecord(
    Principal principal,
    boolean active,
    byte[] hash,
    Optional<byte[]> previousHash,
    Optional<Instant> previousUntil) {}
