/** Providers: the places that answer requests, and the table of OpenAI-compatible vendors. Start at {@code Provider}; not hot path. */
@NullMarked
package dev.weir.provider;

import org.jspecify.annotations.NullMarked;
