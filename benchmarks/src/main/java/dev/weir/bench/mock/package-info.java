/** The upstream that costs next to nothing. Start at {@code MockUpstream}; hot path of the harness. */
@NullMarked
package dev.weir.bench.mock;

import org.jspecify.annotations.NullMarked;
