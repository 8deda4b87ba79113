/** Servers that tests put behind the gateway; written by hand, on raw sockets. */
@NullMarked
package dev.weir.fake;

import org.jspecify.annotations.NullMarked;
