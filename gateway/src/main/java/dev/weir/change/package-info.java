/** What was changed, and who must hear of it: the words that store, caches and snapshot share. Start at {@code Change}; not hot path. */
@NullMarked
package dev.weir.change;

import org.jspecify.annotations.NullMarked;
