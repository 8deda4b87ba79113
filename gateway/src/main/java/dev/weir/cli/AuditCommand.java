package dev.weir.cli;

import dev.weir.store.Stores;
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
      return DatabaseAccess.stores(options, this::verify);
    }

    private int verify(Stores stores) {
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
