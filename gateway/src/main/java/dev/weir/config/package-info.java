/** What the operator sets: the YAML file, the environment, secrets. Start at {@code GatewayConfig}; not hot path. The only reader of the environment. */
@NullMarked
package dev.weir.config;

import org.jspecify.annotations.NullMarked;
