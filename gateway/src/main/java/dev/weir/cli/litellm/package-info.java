/** LiteLLM's proxy configuration, brought into ours. Start at {@code LiteLlmImport}; not hot path. */
@NullMarked
package dev.weir.cli.litellm;

import org.jspecify.annotations.NullMarked;
