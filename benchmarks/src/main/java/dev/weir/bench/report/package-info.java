/** What a run found, as table, JSON and picture. Start at {@code Results}; not hot path. */
@NullMarked
package dev.weir.bench.report;

import org.jspecify.annotations.NullMarked;
