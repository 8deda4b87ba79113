/** Wire vocabulary that every other package may use: failures, replies, event streams. Start at {@code GatewayException} and {@code Reply}; hot path, no I/O. */
@NullMarked
package dev.weir.protocol;

import org.jspecify.annotations.NullMarked;
