/** Models that run in this process: local embeddings. Start at {@code LocalEmbeddings}; hot path of embeddings only. */
@NullMarked
package dev.weir.provider.local;

import org.jspecify.annotations.NullMarked;
