/** What is measured: proxies and gateways by their start commands. Start at {@code ServiceDefinition}; not hot path. */
@NullMarked
package dev.weir.bench.service;

import org.jspecify.annotations.NullMarked;
