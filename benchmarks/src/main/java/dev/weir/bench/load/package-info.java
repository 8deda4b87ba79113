/** Load of three kinds and what it saw. Start at {@code Load}; hot path of the harness. */
@NullMarked
package dev.weir.bench.load;

import org.jspecify.annotations.NullMarked;
