package dev.weir.train;

import dev.weir.train.data.DataFolder;
import dev.weir.train.data.Example;
import dev.weir.train.generate.Generated;
import dev.weir.train.learn.Calibration;
import dev.weir.train.learn.Folds;
import dev.weir.train.learn.Training;
import dev.weir.train.names.NameFigures;
import dev.weir.train.report.CrossValidation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./weir train}: a folder of labelled texts in, weights and figures out. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Makes the weights of the learned guardrails from a folder of labelled texts.")
public final class TrainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DATA", description = "The folder, one folder a source in it.")
  private Path data = Path.of("");

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      defaultValue = "gateway/src/main/resources/dev/weir/guardrail/learned/weights.bin",
      description = "Where the weights go (default: ${DEFAULT-VALUE}).")
  private Path weights = Path.of("");

  @Option(
      names = "--figures",
      paramLabel = "FILE",
      defaultValue = "docs/model-cards/figures.md",
      description = "Where the figures go (default: ${DEFAULT-VALUE}).")
  private Path figures = Path.of("");

  @Option(
      names = "--names",
      paramLabel = "FILE",
      defaultValue = "gateway/src/main/resources/dev/weir/guardrail/names/names.bin",
      description = "Where the weights of the tagger of names go (default: ${DEFAULT-VALUE}).")
  private Path names = Path.of("");

  @Option(
      names = "--names-figures",
      paramLabel = "FILE",
      defaultValue = "docs/model-cards/names-figures.md",
      description = "Where its figures go (default: ${DEFAULT-VALUE}).")
  private Path namesFigures = Path.of("");

  @Option(
      names = "--seed",
      defaultValue = "6",
      description = "What chance begins with (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  public static void main(String[] args) {
    var command = new CommandLine(new TrainCommand());
    command.setExecutionExceptionHandler((failure, line, _) -> {
      line.getErr().println("weir train: " + failure.getMessage());
      return 1;
    });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException {
    var labelled = DataFolder.open(data).examples();
    var all = new ArrayList<Example>(labelled);
    all.addAll(Generated.examples(seed));
    say(labelled.size() + " labelled texts, " + (all.size() - labelled.size()) + " generated");
    var training = new Training(all, seed);
    var judged = Folds.judge(labelled, training);
    say("cross-validated by source");
    var offsets = Calibration.offsets(judged);
    var made = training.learn(_ -> true).rounded(offsets);
    Files.write(weights, made.bytes());
    Files.writeString(figures, CrossValidation.of(made.digest(), judged, offsets));
    say("weights " + made.digest() + " in " + weights + ", figures in " + figures);
    var tagger = NameFigures.make(data, labelled, seed);
    Files.write(names, tagger.weights());
    Files.writeString(namesFigures, tagger.figures());
    say("names in " + names + ", figures in " + namesFigures);
    return 0;
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
