package dev.weir.cli;

import dev.weir.Providers;
import dev.weir.config.ConfigFile;
import dev.weir.config.Environment;
import dev.weir.declared.DeclaredFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir config}: looks at a configuration file without starting anything. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Looks at configuration files.",
    subcommands = {ConfigCommand.Check.class, ConfigCommand.Schema.class})
final class ConfigCommand {
  /** {@code weir config check}: says what is wrong with a file, or that nothing is. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Says what is wrong with a file, or that nothing is.")
  static final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      DeclaredFile.check(
          ConfigFile.read(Optional.of(file), Environment.variables()), Providers.ALL);
      spec.commandLine().getOut().println("weir: " + file + " is good");
      return 0;
    }
  }

  /** {@code weir config schema}: prints the JSON Schema of the file. */
  @Command(
      name = "schema",
      mixinStandardHelpOptions = true,
      description = "Prints the JSON Schema of the file, for editors.")
  static final class Schema implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      spec.commandLine().getOut().print(ConfigFile.schema());
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
