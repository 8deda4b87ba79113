/** How well detectors do on texts that somebody labelled. Start at {@code Evaluation}; not hot. */
@NullMarked
package dev.weir.guardrail.eval;

import org.jspecify.annotations.NullMarked;
