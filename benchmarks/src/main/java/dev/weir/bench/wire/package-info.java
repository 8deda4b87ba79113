/** HTTP/1.1 framing for both ends of a measurement. Start at {@code MessageReader}; hot path of the harness. */
@NullMarked
package dev.weir.bench.wire;

import org.jspecify.annotations.NullMarked;
