/** What must not pass: checks over what goes in and comes out. Start at {@code GuardrailChain}; hot path. */
@NullMarked
package dev.weir.guardrail;

import org.jspecify.annotations.NullMarked;
