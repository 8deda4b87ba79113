/** What must not pass: checks over what goes in and comes out. Start at {@code engine.RequestGuard}, or at {@code Detector} to add a check; hot path. */
@NullMarked
package dev.weir.guardrail;

import org.jspecify.annotations.NullMarked;
