/** Anthropic's messages protocol: requests, answers and streams, read and written. Start at {@code MessagesRequestWriter} and {@code MessagesAnswerDecoder}; hot path. */
@NullMarked
package dev.weir.protocol.anthropic;

import org.jspecify.annotations.NullMarked;
