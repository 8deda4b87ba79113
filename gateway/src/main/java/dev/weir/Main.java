package dev.weir;

import dev.weir.cli.WeirCommand;

/** The entry point. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(WeirCommand.run(arguments));
  }
}
