package dev.weir.cli;

import dev.weir.store.Database;
import dev.weir.store.Migrations;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir migrate}: brings a database to this build's schema, and does nothing else. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = "Brings the database to this build's schema.")
final class MigrateCommand implements Callable<Integer> {
  @Mixin
  private ProcessOptions options = new ProcessOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    var url = DatabaseAccess.running(options, Assembly.config(options));
    try (var database = Database.open(url, Database.Settings.DEFAULT, Optional.empty())) {
      var applied = Migrations.migrate(database);
      spec.commandLine().getOut().println("weir: " + applied + " migrations applied to " + url);
      return 0;
    }
  }
}
