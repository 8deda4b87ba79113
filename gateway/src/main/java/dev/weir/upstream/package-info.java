/** The way to providers: attempts, time limits, the HTTP client. Start at {@code Upstream}; hot path. The only package that sees the client library. */
@NullMarked
package dev.weir.upstream;

import org.jspecify.annotations.NullMarked;
