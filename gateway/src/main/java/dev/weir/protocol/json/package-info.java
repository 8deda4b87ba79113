/** JSON as a proxy needs it: strict checking, top-level members by byte offset, splices that leave every other byte alone. Start at {@code JsonObject}; hot path. */
@NullMarked
package dev.weir.protocol.json;

import org.jspecify.annotations.NullMarked;
