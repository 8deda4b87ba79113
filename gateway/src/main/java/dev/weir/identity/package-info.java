/** Who is calling: keys, what they resolve to, and the caches between. Start at {@code KeyRing}; hot path. */
@NullMarked
package dev.weir.identity;

import org.jspecify.annotations.NullMarked;
