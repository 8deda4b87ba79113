/** The order of the stages, one request a page. Start at {@code ChatPipeline.handle}; hot path. */
@NullMarked
package dev.weir.pipeline;

import org.jspecify.annotations.NullMarked;
