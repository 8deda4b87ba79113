package dev.weir.bench.run;

import java.util.List;

/** All that a run measured, in its order. Immutable. */
public record Findings(List<Block> blocks, List<StartUp> starts, List<IdleCost> idle) {}
