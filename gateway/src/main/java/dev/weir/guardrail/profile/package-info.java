/** Rules, profiles, and how the levels of a tenant make one chain of them. Start at {@code ProfileBook}; hot path only in its look-up. */
@NullMarked
package dev.weir.guardrail.profile;

import org.jspecify.annotations.NullMarked;
