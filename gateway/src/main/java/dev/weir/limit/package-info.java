/** How much may happen at once. Start at {@code Admission}; hot path. */
@NullMarked
package dev.weir.limit;

import org.jspecify.annotations.NullMarked;
