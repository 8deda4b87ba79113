/** The listener: sockets, framing, paths, answers. Start at {@code Listener}, then {@code VertxExchange}; hot path. The only package that sees the server library. */
@NullMarked
package dev.weir.http;

import org.jspecify.annotations.NullMarked;
