package dev.weir.identity;

import java.time.Duration;
import java.util.Optional;

/** The second tier: answers that instances share. Safe for many threads; never fails, at worst it has nothing. */
public interface SharedKeyCache {
  /** No second tier. */
  SharedKeyCache NONE = new SharedKeyCache() {
    @Override
    public Optional<Held> get(String publicId) {
      return Optional.empty();
    }

    @Override
    public void put(String publicId, KeyAnswer answer) {}

    @Override
    public void remove(String publicId) {}
  };

  /** An answer, and how long ago the store gave it. */
  record Held(KeyAnswer answer, Duration age) {}

  /** The entry, within a small budget of time; empty when there is none, it is not ours, or the cache is out of order. */
  Optional<Held> get(String publicId);

  /** Shares an answer; returns at once. */
  void put(String publicId, KeyAnswer answer);

  /** Takes an entry away; returns at once. */
  void remove(String publicId);
}
