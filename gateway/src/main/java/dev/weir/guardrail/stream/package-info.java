/** Guardrails over answers that are still being written: what was found is taken out of a stream, however it was cut. Start at {@code GuardedEvents}; hot path. */
@NullMarked
package dev.weir.guardrail.stream;

import org.jspecify.annotations.NullMarked;
