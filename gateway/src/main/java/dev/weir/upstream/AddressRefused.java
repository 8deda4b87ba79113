package dev.weir.upstream;

import java.io.IOException;

/** An address is not one that may be connected to; no connection was opened. */
public final class AddressRefused extends IOException {
  private static final long serialVersionUID = 1L;

  private final String why;

  AddressRefused(String why) {
    super("the address is " + why);
    this.why = why;
  }

  /** What it is, as a part of a sentence: loopback, a private network. */
  public String why() {
    return why;
  }
}
