/** What the kernel says of processes and cores, and starting pinned processes. Start at {@code Meter}; not hot path. */
@NullMarked
package dev.weir.bench.host;

import org.jspecify.annotations.NullMarked;
