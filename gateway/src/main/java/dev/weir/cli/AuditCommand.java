package dev.weir.cli;

import dev.weir.store.Database;
import dev.weir.store.Migrations;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir audit}: proves that the audit log is what was written. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Looks after the audit log.",
    subcommands = AuditCommand.Verify.class)
final class AuditCommand {
  /** {@code weir audit verify}: follows the chain from its first entry to its head. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Says whether any entry was changed, deleted, moved or cut off.")
  static final class Verify implements Callable<Integer> {
    private static final int BROKEN = 1;

    @Mixin
    private ProcessOptions options = new ProcessOptions();

    @Option(
        names = "--kept",
        paramLabel = "HEAD",
        description = "the head that an earlier verification printed: the log must still hold it")
    private Optional<String> kept = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      var url = DatabaseAccess.running(options, Assembly.config(options));
      var secrets = DatabaseAccess.secrets(options);
      try (var database = Database.open(url, Database.Settings.DEFAULT, Optional.empty())) {
        Migrations.requireCurrent(database);
        var stores = Assembly.stores(database, secrets);
        stores.checkSecrets();
        var findings = stores.audit().verify(kept);
        var out = spec.commandLine().getOut();
        if (findings.faults().isEmpty()) {
          out.println("weir: the audit log is whole: " + findings.entries() + " entries");
          out.println("      head " + findings.head());
          out.println("      Keep the head elsewhere: --kept proves later that nothing was cut.");
          return 0;
        }
        out.println("weir: the audit log is not what was written:");
        findings.faults().forEach(fault -> out.println("      " + fault));
        return BROKEN;
      }
    }
  }
}
