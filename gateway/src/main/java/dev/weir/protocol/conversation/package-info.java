/** What all protocols mean by a request and its answer, in no protocol's words. Start at {@code Conversation} and {@code AnswerEvent}; hot path where client and provider speak differently. */
@NullMarked
package dev.weir.protocol.conversation;

import org.jspecify.annotations.NullMarked;
