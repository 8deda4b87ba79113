package dev.weir;

import dev.weir.cli.WeirCommand;

/** The entry point. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    var code = WeirCommand.run(arguments);
    System.out.flush();
    // past the hooks: ONNX Runtime's aborts the process while a model loads, and then the code is
    // 134
    Runtime.getRuntime().halt(code);
  }
}
