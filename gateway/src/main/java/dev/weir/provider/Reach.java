package dev.weir.provider;

/** Which networks a provider's address may lie in. */
public enum Reach {
  /** Any, loopback and private ones too: the operator wrote it into the file or the environment. */
  ANYWHERE,
  /** Public addresses only, checked on the resolved address at each connect: it was written over the admin API. */
  PUBLIC
}
