/** The {@code ./weir bench} command. Start at {@code BenchCommand}; not hot path. */
@NullMarked
package dev.weir.bench;

import org.jspecify.annotations.NullMarked;
