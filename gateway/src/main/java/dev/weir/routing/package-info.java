/** Where a request goes: the targets for a caller and a model. Start at {@code Router}; hot path. */
@NullMarked
package dev.weir.routing;

import org.jspecify.annotations.NullMarked;
