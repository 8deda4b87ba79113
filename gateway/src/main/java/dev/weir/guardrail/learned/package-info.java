/**
 * What is learned from examples: one pass over a text scores injection and every kind of toxicity. Start at {@code
 * Scorer}; hot path.
 */
@NullMarked
package dev.weir.guardrail.learned;

import org.jspecify.annotations.NullMarked;
