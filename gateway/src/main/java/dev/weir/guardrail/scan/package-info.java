/** Looking at one text with the steps of a chain, and what is to be done about the finds. Start at {@code Scan}; hot path. */
@NullMarked
package dev.weir.guardrail.scan;

import org.jspecify.annotations.NullMarked;
