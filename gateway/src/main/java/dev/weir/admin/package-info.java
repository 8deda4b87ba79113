/** The admin API: what operators see and change, as its OpenAPI document says. Start at {@code AdminContract}; not hot path. */
@NullMarked
package dev.weir.admin;

import org.jspecify.annotations.NullMarked;
