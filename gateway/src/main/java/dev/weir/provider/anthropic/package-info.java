/** Anthropic as a provider. Start at {@code AnthropicTranslator}; hot path. Base URL https://api.anthropic.com/v1, version header 2023-06-01 (API reference, read 2026-11-24). */
@NullMarked
package dev.weir.provider.anthropic;

import org.jspecify.annotations.NullMarked;
