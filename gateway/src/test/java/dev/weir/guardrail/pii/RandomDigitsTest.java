package dev.weir.guardrail.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million random strings against each checksum: no more pass than its space allows. */
@Tag("slow")
class RandomDigitsTest {
  private static final int ROUNDS = 1_000_000;

  /** One in how many passes, where the scheme is stronger than one digit. */
  private static final Map<String, Double> SPACES = Map.ofEntries(
      Map.entry("pii.iban", 97.0),
      Map.entry("pii.fr_nir", 97.0),
      Map.entry("pii.be_nrn", 97.0 / 2),
      Map.entry("pii.br_cpf", 80.0),
      Map.entry("pii.br_cnpj", 80.0),
      Map.entry("pii.tr_tckn", 100.0),
      Map.entry("pii.ru_snils", 97.0),
      Map.entry("pii.no_fodselsnummer", 100.0),
      Map.entry("pii.au_abn", 89.0),
      Map.entry("pii.cn_uscc", 31.0),
      Map.entry("pii.fi_hetu", 31.0),
      Map.entry("pii.es_dni", 23.0),
      Map.entry("pii.es_nie", 23.0),
      Map.entry("pii.ie_pps", 23.0),
      Map.entry("pii.sg_nric", 26.0),
      Map.entry("pii.it_codice_fiscale", 26.0),
      Map.entry("pii.in_gstin", 36.0),
      Map.entry("pii.vin", 10.0));

  /** A check character that may be one of two, or a number that may be a resident's or a foreigner's. */
  private static final Map<String, Double> WEAKER = Map.of(
      "pii.es_cif",
      5.0,
      "pii.kr_rrn",
      5.0,
      "pii.ee_isikukood",
      9.0,
      "pii.lt_asmens_kodas",
      9.0,
      "pii.pt_nif",
      5.0,
      "pii.gr_afm",
      5.0,
      "pii.jp_my_number",
      5.0,
      "pii.ru_inn",
      5.0);

  @Test
  void no_more_random_strings_pass_than_the_checksum_lets_through() {
    var random = new SplittableRandom(20261124);
    var loose = new ArrayList<String>();
    for (var shape : shapes().entrySet()) {
      var rows = shape.getValue();
      var passed = new int[rows.size()];
      int tried = shape.getKey().chars().allMatch(kind -> kind == '9') ? ROUNDS : ROUNDS / 10;
      for (int i = 0; i < tried; i++) {
        var number = random(random, shape.getKey());
        for (int row = 0; row < passed.length; row++) {
          passed[row] += rows.get(row).check().test(number) ? 1 : 0;
        }
      }
      for (int row = 0; row < passed.length; row++) {
        var id = rows.get(row).id();
        double expected = tried / SPACES.getOrDefault(id, WEAKER.getOrDefault(id, 10.0));
        if (passed[row] > expected + 4 * Math.sqrt(expected)) {
          loose.add(id + " passed " + passed[row] + " of " + tried + ", expected "
              + Math.round(expected));
        }
      }
    }
    assertThat(loose).isEmpty();
  }

  /** The rows with a checksum by what their numbers are made of. */
  private static Map<String, List<Identifier>> shapes() {
    var shapes = new TreeMap<String, List<Identifier>>();
    for (var row : Identifiers.ALL) {
      if (row.trust().checked()) {
        row.layouts().stream()
            .map(Layout::kinds)
            .distinct()
            .forEach(
                kinds -> shapes.computeIfAbsent(kinds, _ -> new ArrayList<>()).add(row));
      }
    }
    return shapes;
  }

  /** Six characters come from one number: the test makes a hundred million strings. */
  private static String random(SplittableRandom random, String kinds) {
    var chars = new byte[kinds.length()];
    long pool = 0;
    for (int i = 0; i < chars.length; i++) {
      pool = i % 6 == 0 ? random.nextLong() >>> 1 : pool / 260;
      char kind = kinds.charAt(i);
      boolean letter = kind == 'A' || (kind == 'X' && random.nextBoolean());
      chars[i] = (byte) (letter ? 'A' + pool % 26 : '0' + pool % 10);
    }
    return new String(chars, StandardCharsets.ISO_8859_1);
  }
}
