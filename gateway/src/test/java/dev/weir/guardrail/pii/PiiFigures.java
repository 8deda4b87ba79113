package dev.weir.guardrail.pii;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.protocol.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints the figures of docs/guardrails-pii.md for a folder of labelled data. Not a test: the data is no part of the
 * repository. With a second argument it also prints what was missed or found in excess.
 */
public final class PiiFigures {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final PiiDetector DETECTOR = new PiiDetector();
  private static final Set<String> NAMES = Set.of("pii.person", "pii.location", "pii.organization");
  private static final Map<String, String> SPANS = Map.of(
      "EMAIL_ADDRESS", "pii.email",
      "CREDIT_CARD", "pii.card",
      "US_SSN", "pii.us_ssn",
      "IBAN_CODE", "pii.iban",
      "IP_ADDRESS", "pii.ip",
      "PHONE_NUMBER", "pii.phone",
      "PERSON", "pii.person",
      "LOCATION", "pii.location",
      "ORGANIZATION", "pii.organization");

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Path folder;
  private final boolean verbose;

  private PiiFigures(Path folder, boolean verbose) {
    this.folder = folder;
    this.verbose = verbose;
  }

  public static void main(String[] arguments) throws IOException {
    var figures = new PiiFigures(Path.of(arguments[0]), arguments.length > 1);
    figures.sentences();
    figures.cases();
    figures.phones();
    figures.benign();
    figures.speed();
  }

  /** Hits, misses and excess of one kind. */
  private static final class Count {
    private int hits;
    private int missed;
    private int excess;

    double f1() {
      return hits == 0 ? 0 : 2.0 * hits / (2.0 * hits + missed + excess);
    }

    @Override
    public String toString() {
      return "found %d missed %d excess %d precision %.3f recall %.3f F1 %.3f"
          .formatted(
              hits,
              missed,
              excess,
              (double) hits / Math.max(1, hits + excess),
              (double) hits / Math.max(1, hits + missed),
              f1());
    }
  }

  private record Span(String id, int start, int end) {}

  private void sentences() throws IOException {
    var counts = new TreeMap<String, Count>();
    SPANS.values().forEach(id -> counts.put(id, new Count()));
    for (var row : JSON.readTree(read("pii-presidio-research/generated_large.json.gz"))) {
      String text = row.get("full_text").asString();
      var spans = new ArrayList<Span>();
      for (var span : row.get("spans")) {
        String id = SPANS.get(span.get("entity_type").asString());
        if (id != null) {
          spans.add(new Span(
              id, span.get("start_position").asInt(), span.get("end_position").asInt()));
        }
      }
      compare(text, spans, counts);
    }
    out.println("sentences with spans (presidio-research):");
    counts.forEach((id, count) -> out.println("  " + id + " " + count));
  }

  private void compare(String text, List<Span> spans, Map<String, Count> counts) {
    var found = new ArrayList<>(Found.in(DETECTOR, text, DETECTOR.guardrails()));
    for (var span : spans) {
      var hit = found.stream()
          .filter(find -> find.guardrail().equals(span.id()) && same(find, span))
          .findFirst();
      if (hit.isPresent()) {
        of(counts, span.id()).hits++;
        found.remove(hit.get());
      } else {
        of(counts, span.id()).missed++;
        say(
            "missed " + span.id() + " '" + text.substring(span.start(), span.end()) + "' in "
                + text,
            span.id());
      }
    }
    for (var find : found) {
      var count = counts.get(find.guardrail());
      if (count != null) {
        count.excess++;
        say(
            "excess " + find.guardrail() + " '" + text.substring(find.start(), find.end()) + "' in "
                + text,
            find.guardrail());
      }
    }
  }

  private static Count of(Map<String, Count> counts, String id) {
    return counts.computeIfAbsent(id, _ -> new Count());
  }

  private void say(String line, String id) {
    if (verbose && !NAMES.contains(id)) {
      out.println("    " + line.replace('\n', ' '));
    }
  }

  /** Whether two spans share more than half of both together. */
  private static boolean same(Finding find, Span span) {
    int shared = Math.min(find.end(), span.end()) - Math.max(find.start(), span.start());
    int all = Math.max(find.end(), span.end()) - Math.min(find.start(), span.start());
    return shared * 2 > all;
  }

  private static final Map<String, String> CASES = Map.ofEntries(
      Map.entry("aba_routing", "us_aba"),
      Map.entry("au_abn", "au_abn"),
      Map.entry("au_acn", "au_acn"),
      Map.entry("au_medicare", "au_medicare"),
      Map.entry("au_tfn", "au_tfn"),
      Map.entry("ca_sin", "ca_sin"),
      Map.entry("credit_card", "card"),
      Map.entry("crypto", "crypto"),
      Map.entry("de_tax_id", "de_steuer_id"),
      Map.entry("de_social_security", "de_rentenversicherung"),
      Map.entry("de_id_card", "de_personalausweis"),
      Map.entry("email", "email"),
      Map.entry("es_nie", "es_nie"),
      Map.entry("es_nif", "es_dni"),
      Map.entry("fi_personal_identity_code", "fi_hetu"),
      Map.entry("iban", "iban"),
      Map.entry("in_aadhaar", "in_aadhaar"),
      Map.entry("in_gstin", "in_gstin"),
      Map.entry("in_pan", "in_pan"),
      Map.entry("ip", "ip"),
      Map.entry("it_fiscal_code", "it_codice_fiscale"),
      Map.entry("it_vat_code", "it_partita_iva"),
      Map.entry("kr_brn", "kr_brn"),
      Map.entry("kr_rrn", "kr_rrn"),
      Map.entry("kr_frn", "kr_rrn"),
      Map.entry("mac", "mac"),
      Map.entry("phone", "phone"),
      Map.entry("pl_pesel", "pl_pesel"),
      Map.entry("se_personnummer", "se_personnummer"),
      Map.entry("se_organisationsnummer", "se_organisationsnummer"),
      Map.entry("sg_fin", "sg_nric"),
      Map.entry("th_tnin", "th_id"),
      Map.entry("tr_national_id", "tr_tckn"),
      Map.entry("uk_nhs", "uk_nhs"),
      Map.entry("uk_nino", "uk_nino"),
      Map.entry("us_itin", "us_itin"),
      Map.entry("us_mbi", "us_mbi"),
      Map.entry("us_npi", "us_npi"),
      Map.entry("us_ssn", "us_ssn"),
      Map.entry("za_id_number", "za_id"));

  private void cases() throws IOException {
    var counts = new TreeMap<String, Count>();
    for (var line : lines("pii-presidio-recognizer-cases/cases.jsonl")) {
      var row = JSON.readTree(line);
      String name = CASES.get(row.get("recognizer").asString());
      if (name != null) {
        var count = counts.computeIfAbsent(name, _ -> new Count());
        String text = row.get("text").asString();
        int expected = row.get("expected_matches").asInt();
        int found = Found.in(DETECTOR, text, Set.of("pii." + name)).size();
        count.hits += Math.min(found, expected);
        count.missed += Math.max(0, expected - found);
        count.excess += Math.max(0, found - expected);
        if (found != expected) {
          say("case " + name + " expected " + expected + " found " + found + ": " + text, name);
        }
      }
    }
    out.println("cases of identifiers without context (presidio):");
    counts.forEach((id, count) -> out.println("  " + id + " " + count));
  }

  private void phones() throws IOException {
    int all = 0;
    int international = 0;
    int announced = 0;
    for (var line : lines("pii-libphonenumber-examples/examples.tsv")) {
      var cells = line.split("\t", -1);
      if (cells[1].startsWith("+")) {
        all++;
        international += phones("I wrote " + cells[1] + " " + cells[3] + " on the wall");
        announced += phones("My phone number is " + cells[1] + cells[3]);
      }
    }
    out.printf(
        "phone examples of all regions: %d; with country code, no context %.3f; announced %.3f%n",
        all, (double) international / all, (double) announced / all);
  }

  private static int phones(String text) {
    return Found.in(DETECTOR, text, Set.of("pii.phone")).size();
  }

  private void benign() throws IOException {
    var ids = new TreeSet<>(DETECTOR.guardrails());
    ids.removeAll(NAMES);
    int prompts = 0;
    int findings = 0;
    out.println("benign prompts:");
    for (var source : BenignPrompts.in(folder).entrySet()) {
      var byId = new TreeMap<String, Integer>();
      for (var text : source.getValue()) {
        for (var find : Found.in(DETECTOR, text, ids)) {
          byId.merge(find.guardrail(), 1, Integer::sum);
          int from = Math.max(0, find.start() - 50);
          say(
              "benign " + find.guardrail() + " '" + text.substring(find.start(), find.end())
                  + "' in " + text.substring(from, Math.min(text.length(), find.end() + 30)),
              find.guardrail());
        }
      }
      int sum = byId.values().stream().mapToInt(Integer::intValue).sum();
      out.printf(
          "  %s: %d prompts, %.2f findings per 1,000 %s%n",
          source.getKey(),
          source.getValue().size(),
          1000.0 * sum / source.getValue().size(),
          byId);
      prompts += source.getValue().size();
      findings += sum;
    }
    out.printf(
        "  all: %d prompts, %d findings, %.2f per 1,000%n",
        prompts, findings, 1000.0 * findings / prompts);
  }

  private void speed() throws IOException {
    var ids = new TreeSet<>(DETECTOR.guardrails());
    ids.removeAll(NAMES);
    var all = new StringBuilder();
    BenignPrompts.in(folder)
        .values()
        .forEach(texts -> texts.forEach(text -> all.append(text).append('\n')));
    String prose = all.toString()
        .chars()
        .filter(c -> c < 128 && !Character.isDigit(c) && c != '@')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
    rate("benign prompts as they are", all.toString(), ids);
    rate("the same without digits and at signs", prose, ids);
    rate("2,000 characters of them", all.substring(5_000, 7_000), ids);
  }

  private void rate(String what, String text, Set<String> ids) {
    var normal = NormalizedText.of(text);
    int rounds = Math.max(5, 40_000_000 / text.length());
    var blackHole = new ArrayList<Finding>();
    long best = Long.MAX_VALUE;
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      DETECTOR.scan(normal, ids, Deadline.in(Duration.ofMinutes(1)), blackHole::add);
      best = Math.min(best, System.nanoTime() - start);
      blackHole.clear();
    }
    out.printf(
        "speed, %s: %d characters, %.1f µs, %.0f MB/s%n",
        what, text.length(), best / 1e3, text.length() * 1e3 / best);
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  private InputStream read(String file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(folder.resolve(file)));
  }

  static String string(JsonNode node, String name) {
    return node.get(name) == null ? "" : node.get(name).asString();
  }

  static void scan(Detector detector, String text) {
    detector.scan(
        NormalizedText.of(text),
        detector.guardrails(),
        Deadline.in(Duration.ofMinutes(1)),
        _ -> {});
  }
}
