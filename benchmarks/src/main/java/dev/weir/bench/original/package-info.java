/** The table of the original system's performance report, measured on Weir. Start at {@code OriginalReport}. Not hot. */
@NullMarked
package dev.weir.bench.original;

import org.jspecify.annotations.NullMarked;
