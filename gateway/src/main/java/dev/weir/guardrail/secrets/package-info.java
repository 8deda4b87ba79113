/**
 * Credentials in a text: keys with a provider's prefix, tokens, private keys, connection strings, and what is assigned to a
 * name that speaks of secrets. Start at {@code SecretsDetector}, then {@code SecretRules}; hot path.
 */
@NullMarked
package dev.weir.guardrail.secrets;

import org.jspecify.annotations.NullMarked;
