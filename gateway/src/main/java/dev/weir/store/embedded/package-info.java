/** A PostgreSQL of Weir's own, for the first start on one machine. Start at {@code EmbeddedPostgres}; not hot path. */
@NullMarked
package dev.weir.store.embedded;

import org.jspecify.annotations.NullMarked;
