/** OpenAI's wire shapes: chat requests and chunks, embeddings, models, errors. Start at {@code ChatRequest}; hot path. */
@NullMarked
package dev.weir.protocol.openai;

import org.jspecify.annotations.NullMarked;
