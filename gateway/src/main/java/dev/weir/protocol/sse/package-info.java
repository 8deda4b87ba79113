/** Server-sent events on the wire: splitting bytes into events, reading and writing them. Start at {@code EventSplitter}; hot path. */
@NullMarked
package dev.weir.protocol.sse;

import org.jspecify.annotations.NullMarked;
