/** The guardrail stage of a request: its texts on the way in, its answer on the way out. Start at {@code RequestGuard}; hot path. */
@NullMarked
package dev.weir.guardrail.engine;

import org.jspecify.annotations.NullMarked;
