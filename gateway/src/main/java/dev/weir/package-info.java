/** The process itself: entry point and composition root. Start reading at {@code Gateway}; not hot path. */
@NullMarked
package dev.weir;

import org.jspecify.annotations.NullMarked;
