package dev.weir.cli;

import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.eval.Evaluation;
import dev.weir.guardrail.eval.EvaluationPicture;
import dev.weir.guardrail.eval.EvaluationTable;
import dev.weir.guardrail.eval.LabelledSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir guardrails}: looks at the guardrails without a gateway. */
@Command(
    name = "guardrails",
    mixinStandardHelpOptions = true,
    description = "Measures the guardrails.",
    subcommands = GuardrailsCommand.Eval.class)
final class GuardrailsCommand {
  /** {@code weir guardrails eval}: how well they do on your own labelled texts. */
  @Command(
      name = "eval",
      mixinStandardHelpOptions = true,
      description = {
        "Says how well the guardrails do on your own labelled texts.",
        "DIR holds files *.jsonl, one text a line:",
        "  {\"text\": \"…\", \"label\": \"injection\"}",
        "  {\"text\": \"…\", \"labels\": [\"toxicity.hate\", \"pii.email\"]}",
        "  {\"text\": \"…\", \"label\": \"clean\"}"
      })
  static final class Eval implements Callable<Integer> {
    @Parameters(paramLabel = "DIR")
    private Path folder = Path.of("");

    @Option(
        names = "--picture",
        paramLabel = "FILE",
        defaultValue = "guardrails-eval.svg",
        description = "where the picture goes (default: ${DEFAULT-VALUE})")
    private Path picture = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      var detectors = Detectors.builtIn();
      var evaluation = new Evaluation(detectors);
      var curves = evaluation.curves(LabelledSet.read(folder, detectors.ids()));
      Files.writeString(picture, EvaluationPicture.of(curves, evaluation::threshold));
      var out = spec.commandLine().getOut();
      out.print(EvaluationTable.of(curves, evaluation::threshold));
      out.println("\nweir: the picture is in " + picture);
      return 0;
    }
  }
}
