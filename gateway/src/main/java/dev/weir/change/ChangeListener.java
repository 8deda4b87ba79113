package dev.weir.change;

import java.util.List;

/** Hears of changes, in their order; the same one may come twice. Must be quick and must not throw. */
@FunctionalInterface
public interface ChangeListener {
  void changed(List<Change> changes);
}
