/** One consistent view of all that requests are decided by. Start at {@code Snapshot}; hot path, read once a request. */
@NullMarked
package dev.weir.snapshot;

import org.jspecify.annotations.NullMarked;
