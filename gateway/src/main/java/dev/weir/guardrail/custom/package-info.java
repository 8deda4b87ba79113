/**
 * Guardrails that operators write: words, patterns, languages, lengths, schemas, their own service. Start at
 * {@code CustomGuardrails}; hot path.
 */
@NullMarked
package dev.weir.guardrail.custom;

import org.jspecify.annotations.NullMarked;
