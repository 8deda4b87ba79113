/** What was used, by whom. Start at {@code UsageLedger}; hot path. */
@NullMarked
package dev.weir.usage;

import org.jspecify.annotations.NullMarked;
