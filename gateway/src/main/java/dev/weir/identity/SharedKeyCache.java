package dev.weir.identity;

import java.util.Optional;

/** The second tier: resolved keys that instances share. Safe for many threads; never fails, at worst it has nothing. */
public interface SharedKeyCache {
  /** No second tier. */
  SharedKeyCache NONE = new SharedKeyCache() {
    @Override
    public Optional<KeyRecord> get(String publicId) {
      return Optional.empty();
    }

    @Override
    public void put(String publicId, KeyRecord found) {}

    @Override
    public void remove(String publicId) {}
  };

  /** The entry, within a small budget of time; empty when there is none, it is not ours, or the cache is out of order. */
  Optional<KeyRecord> get(String publicId);

  /** Shares an entry; returns at once. */
  void put(String publicId, KeyRecord found);

  /** Takes an entry away; returns at once. */
  void remove(String publicId);
}
