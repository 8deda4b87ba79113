/** SQL, and nothing else: one class an aggregate, migrations, pools. Start at {@code Database}; one statement of it is on the hot path. */
@NullMarked
package dev.weir.store;

import org.jspecify.annotations.NullMarked;
