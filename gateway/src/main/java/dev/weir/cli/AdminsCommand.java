package dev.weir.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir admins}: the first owner of an installation, whose token nothing else could make. */
@Command(
    name = "admins",
    mixinStandardHelpOptions = true,
    description = "Makes owners of the gateway; all other admins are the admin API's.",
    subcommands = AdminsCommand.Create.class)
final class AdminsCommand {
  /** {@code weir admins create}: prints an owner's token, once. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes an owner of the whole gateway, and prints the token once.")
  static final class Create implements Callable<Integer> {
    @Mixin
    private ProcessOptions options = new ProcessOptions();

    @Option(names = "--name", required = true, description = "what the owner is called")
    private String name = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      return DatabaseAccess.stores(options, stores -> {
        spec.commandLine().getOut().println(stores.tenancy().createOwner(name));
        return 0;
      });
    }
  }
}
