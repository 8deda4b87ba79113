/** The arithmetic of a comparison. Start at {@code Estimate}; not hot path. */
@NullMarked
package dev.weir.bench.stats;

import org.jspecify.annotations.NullMarked;
