package dev.weir.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir up}: everything on one machine, with a demo key to begin with. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts everything on this machine, and prints what to paste next.")
final class UpCommand implements Callable<Integer> {
  @Mixin
  private ProcessOptions options = new ProcessOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var out = spec.commandLine().getOut();
    var config = Assembly.config(options);
    var database = DatabaseAccess.given(options, config);
    try (var shutdown = new Shutdown()) {
      shutdown.opened(() -> out.println("weir: stopped"));
      var running = Quickstart.start(
          options, config, database, shutdown, words -> out.println("weir: " + words + " …"));
      var uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
      out.print(Banner.of(running, uptime));
      out.flush();
      shutdown.await();
      out.println("weir: draining, at most " + config.server().drainTimeout().toSeconds() + " s …");
      out.flush();
    }
    return 0;
  }
}
