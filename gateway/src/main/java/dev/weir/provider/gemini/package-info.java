/**
 * Google's Gemini as a provider: the Gemini API (AI Studio) and Vertex AI, one protocol at two addresses. Start at {@code
 * GeminiTranslator}; hot path.
 *
 * <p>Sources, read in stored copies on 2026-11-25: ai.google.dev/api/generate-content, ai.google.dev/gemini-api/docs/
 * thought-signatures, developers.google.com/identity/protocols/oauth2/service-account. Never tried against Google.
 *
 * <p>Quirks. A stream has no terminator: it ends with its connection's answer, after a chunk with a finish reason. Usage
 * comes with every chunk, growing; thoughts are counted beside the answer, not in it. A wrong API key is a 400. Vertex knows
 * no ids of calls, so ours are made of the answer's id and are not sent back; results are matched by their order. A signature
 * belongs to the part it came with: a call's own, or the last text's. Models from Gemini 3 on refuse a call without one, and
 * take {@code skip_thought_signature_validator} for calls that another provider's model made. Parallel calls cannot be
 * forbidden. Schemas go as the client wrote them ({@code parametersJsonSchema}, {@code responseJsonSchema}).
 */
@NullMarked
package dev.weir.provider.gemini;

import org.jspecify.annotations.NullMarked;
