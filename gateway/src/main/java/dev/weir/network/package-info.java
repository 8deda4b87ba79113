/** Which addresses the gateway may open a connection to. Start at {@code AddressRule}; not hot path. */
@NullMarked
package dev.weir.network;

import org.jspecify.annotations.NullMarked;
