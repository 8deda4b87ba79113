package dev.weir.cli;

import dev.weir.config.ConfigFailure;
import dev.weir.store.StoreFailure;
import dev.weir.telemetry.Logs;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of all commands. */
@Command(
    name = "weir",
    mixinStandardHelpOptions = true,
    description = "Weir, the AI gateway.",
    subcommands = {
      UpCommand.class,
      ServeCommand.class,
      MigrateCommand.class,
      KeysCommand.class,
      AdminsCommand.class,
      AuditCommand.class,
      ConfigCommand.class,
      GuardrailsCommand.class,
      ImportCommand.class,
      SelftestCommand.class
    })
public final class WeirCommand {
  private static final int FAILED = 1;

  /** Runs a command line; returns the exit code. Failures are said in lines, never as a stack trace. */
  public static int run(String... arguments) {
    Logs.quiet();
    var line = new CommandLine(new WeirCommand());
    line.setExecutionExceptionHandler((failure, command, _) -> {
      command.getErr().println(explain(failure));
      command.getErr().flush();
      return FAILED;
    });
    line.setParameterExceptionHandler((wrong, _) -> {
      var command = wrong.getCommandLine();
      command
          .getErr()
          .println(lines(wrong.getMessage() + "\nOptions: ./weir "
              + command.getCommandSpec().qualifiedName().replaceFirst("^weir ?", "") + " --help"));
      command.getErr().flush();
      return CommandLine.ExitCode.USAGE;
    });
    return line.execute(arguments);
  }

  /** The first line says what is wrong, those below it what to do. */
  private static String explain(Exception failure) {
    return switch (failure) {
      case StartFailure known -> lines(String.valueOf(known.getMessage()));
      case StoreFailure known -> lines(String.valueOf(known.getMessage()));
      case ConfigFailure known -> lines(String.valueOf(known.getMessage()));
      case IllegalArgumentException known -> lines(String.valueOf(known.getMessage()));
      case IOException known -> lines(String.valueOf(known.getMessage()));
      default -> lines("unexpected: " + failure + place(failure));
    };
  }

  private static String lines(String message) {
    return "weir: " + message.replace("\n", "\n      ");
  }

  private static String place(Exception failure) {
    var frames = failure.getStackTrace();
    return frames.length == 0 ? "" : "\nat " + frames[0];
  }
}
