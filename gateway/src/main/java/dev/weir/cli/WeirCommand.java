package dev.weir.cli;

import dev.weir.config.ConfigFailure;
import dev.weir.store.StoreFailure;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of all commands. */
@Command(
    name = "weir",
    description = "Weir, the AI gateway.",
    subcommands = {
      UpCommand.class,
      ServeCommand.class,
      MigrateCommand.class,
      KeysCommand.class,
      ConfigCommand.class
    })
public final class WeirCommand {
  private static final int FAILED = 1;

  /** Runs a command line; returns the exit code. Failures are said in a line, never as a stack trace. */
  public static int run(String... arguments) {
    var line = new CommandLine(new WeirCommand());
    line.setExecutionExceptionHandler((failure, command, _) -> {
      command.getErr().println("weir: " + explain(failure));
      command.getErr().flush();
      return FAILED;
    });
    return line.execute(arguments);
  }

  private static String explain(Exception failure) {
    return switch (failure) {
      case StoreFailure known -> String.valueOf(known.getMessage());
      case ConfigFailure known -> String.valueOf(known.getMessage());
      case IllegalArgumentException known -> String.valueOf(known.getMessage());
      case IOException known -> String.valueOf(known.getMessage());
      default -> "unexpected: " + failure;
    };
  }
}
