/**
 * Cohere as a provider, by its own chat protocol. Start at {@code CohereTranslator}; hot path.
 *
 * <p>Sources, read in stored copies on 2026-11-25: docs.cohere.com/v2/docs/streaming and /docs/tool-use-streaming, and the heads
 * of /reference/chat and /reference/chat-stream; the rest from general knowledge. Never tried against Cohere.
 *
 * <p>Quirks. What a model plans before it calls tools is its {@code tool_plan}: it is told and taken as reasoning, without a
 * signature. A tool cannot be named: the named one is the only one offered, and one is required. Images go in the request or
 * by address; files do not. {@code p} must stay below one. The plan and counts of tokens may be fractions in form.
 */
@NullMarked
package dev.weir.provider.cohere;

import org.jspecify.annotations.NullMarked;
