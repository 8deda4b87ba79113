/** The order of a comparison: rounds, blocks, void rules. Start at {@code Comparison}; not hot path. */
@NullMarked
package dev.weir.bench.run;

import org.jspecify.annotations.NullMarked;
