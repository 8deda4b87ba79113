package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.litellm.LiteLlmImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir import}: makes a configuration of another gateway's. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Makes a configuration of another gateway's.",
    subcommands = ImportCommand.LiteLlm.class)
final class ImportCommand {
  /** {@code weir import litellm}: the file goes to the output, what was not brought over to the errors. */
  @Command(
      name = "litellm",
      mixinStandardHelpOptions = true,
      description =
          "Prints a configuration made of a LiteLLM proxy's, and says line by line what it could not bring over.")
  static final class LiteLlm implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "LiteLLM's config.yaml")
    private Path file = Path.of("");

    @Option(
        names = "--tenant",
        paramLabel = "NAME",
        description = "Whose the policies will be (default: ${DEFAULT-VALUE}).")
    private String tenant = "Imported";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      if (!Files.isReadable(file)) {
        throw new IllegalArgumentException(file + " cannot be read.");
      }
      var imported = LiteLlmImport.of(file.toString(), Files.readString(file, UTF_8), tenant);
      var line = spec.commandLine();
      line.getOut().print(imported.yaml());
      line.getOut().flush();
      imported.notes().forEach(line.getErr()::println);
      line.getErr().flush();
      return 0;
    }
  }
}
