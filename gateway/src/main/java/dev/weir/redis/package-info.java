/** The link to Redis, which instances share and none depends on. Start at {@code RedisLink}; hot path where a key is not held. */
@NullMarked
package dev.weir.redis;

import org.jspecify.annotations.NullMarked;
