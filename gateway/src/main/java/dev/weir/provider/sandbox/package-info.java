/** A provider for first steps, tests and load: deterministic, labelled as what it is. Start at {@code SandboxProvider}; hot only under load tests. */
@NullMarked
package dev.weir.provider.sandbox;

import org.jspecify.annotations.NullMarked;
