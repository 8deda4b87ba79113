package dev.weir.guardrail.custom;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What language a text is in: by its script where one language has it, else by its most common words and the letters that
 * only it has. Immutable.
 *
 * @param code ISO 639-1; empty when it cannot be told
 * @param confidence 0 to 1; 0 when it cannot be told
 */
record LanguageGuess(String code, double confidence) {
  private static final int MOST_CHARACTERS = 4_000;
  private static final int FEWEST_LETTERS = 12;
  private static final LanguageGuess UNKNOWN = new LanguageGuess("", 0);

  /** Common short words of each language, made from grammar, not from a corpus; letters behind a bar are its own. */
  private static final Map<String, String> WORDS = Map.ofEntries(
      Map.entry(
          "en",
          "the of and to in is it that for with as was on are be this have from or by you not what which how can do your an at we they he she will would if my me about there their please write give i does did why when were has had been but so than its|"),
      Map.entry(
          "de",
          "der die das und ist nicht ein eine ich sie es mit auf für von zu den dem im wie was auch sich an als bei oder aber wir haben hat wird werden kann sind war mir mich bitte um nach aus noch nur einen einem einer des du ihr wenn dass über|ßäöü"),
      Map.entry(
          "fr",
          "le la les de des du et est un une que qui dans pour pas sur avec ce il elle je vous nous au aux en par plus sont ne se cette mais ou où comme être avoir son sa ses mon votre leur quel quelle peux peut très c'est l'on d'un d'une|çœêèùà"),
      Map.entry(
          "es",
          "el la los las de del y que en un una es por con para no se su al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos cómo qué puedo puede son tiene está|ñ¿¡"),
      Map.entry(
          "it",
          "il lo la gli le di del della dei che e è un una per non con sono in da al alla come più ma si anche questo questa nel nella io mi ti ci cosa ho ha hanno essere puoi può perché quando dove suo sua dal degli delle|ìò"),
      Map.entry(
          "pt",
          "o a os as de do da dos das e que em um uma é para com não por se mais como mas ao ele ela seu sua ou quando muito nos já está eu também só pelo pela até isso entre você são tem ser foi quais posso pode na no uma meu minha|ãõç"),
      Map.entry(
          "nl",
          "de het een en van is in dat op te zijn met voor niet aan er om ook als bij maar door over uit naar hij zij wij je ik dit die wat kan hoe heeft hebben worden wordt nog geen mijn uw deze waar|ĳ"),
      Map.entry(
          "sv",
          "och att det i en är som på av för med den till inte om ett har jag han hon var vi kan från men du hur vad när de sig så eller ska vill min din detta där mycket också|åäö"),
      Map.entry(
          "da",
          "og at det i en er som på af for med den til ikke om et har jeg han hun var vi kan fra men du hvordan hvad når de sig så eller skal vil min din dette der meget også blev nogle|æøå"),
      Map.entry(
          "no",
          "og å det i en er som på av for med den til ikke om et har jeg han hun var vi kan fra men du hvordan hva når de seg så eller skal vil min din dette der mye også ble noen etter bare|æøå"),
      Map.entry(
          "fi",
          "ja on ei se että hän oli mutta kun ovat niin kuin tai jos voi ole mitä miten minä sinä me te he tämä joka mukaan vain myös sen olla kanssa ovatko minun sinun|äö"),
      Map.entry(
          "pl",
          "i w na z do nie się jest to że o jak po co tak za od dla czy ale przez są był była być jego jej ich tym które który ja ty mnie może można oraz tego gdzie kiedy bardzo|łąęśżźćń"),
      Map.entry(
          "cs",
          "a v na se je to že s z do o jak po co tak za od pro by ale jsem jsou byl byla být jeho její jejich který která které já ty mě může nebo kde když velmi také ve mi|ěřůčžšý"),
      Map.entry(
          "sk",
          "a v na sa je to že s z do o ako po čo tak za od pre by ale som sú bol bola byť jeho jej ich ktorý ktorá ktoré ja ty ma môže alebo kde keď veľmi tiež vo mi|ľĺŕôäčžšý"),
      Map.entry(
          "hu",
          "a az és hogy nem is egy van ez meg de csak már még el volt mint kell lehet vagy ha én te mi ti ők milyen hogyan mit ami amely után nagyon szerint|őűáéíóöü"),
      Map.entry(
          "ro",
          "și de la în a cu pe nu că este un o din pentru mai ce se sunt ca dar sau care eu tu el ea noi voi cum când unde foarte după am ai are au fost fi acest această|ășțâî"),
      Map.entry(
          "tr",
          "ve bir bu da de için ile çok ne var mı mi ama daha gibi olarak olan en kadar sonra ben sen biz siz onlar nasıl nedir değil ya her şey benim bana olduğu|ğışçöü"),
      Map.entry(
          "vi",
          "và của là có không cho trong được một những các với người này đã tôi bạn như khi để từ về đến ra nhiều làm gì thế nào|ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"),
      Map.entry(
          "id",
          "yang dan di ke dari untuk dengan ini itu tidak adalah pada saya anda akan atau juga dalam bisa ada apa bagaimana karena oleh lebih sudah kami kita mereka dia seperti tersebut|"),
      Map.entry(
          "ru",
          "и в не на что я с он как это по но они мы за его от из для так же все она было то вы бы есть был к у мне меня когда где или если чтобы уже только|ыэъё"),
      Map.entry(
          "uk",
          "і в не на що я з він як це по але вони ми за його від із для так та все вона було то ви би є був до у мені мене коли де або якщо щоб вже тільки|іїєґ"),
      Map.entry(
          "bg",
          "и в не на че аз с той как това по но те ние за неговия от да се са съм си е ще беше до у ми ме когато къде или ако вече само който която|ъщ"));

  private static final Map<UnicodeScript, String> SCRIPTS = Map.ofEntries(
      Map.entry(UnicodeScript.GREEK, "el"),
      Map.entry(UnicodeScript.HEBREW, "he"),
      Map.entry(UnicodeScript.THAI, "th"),
      Map.entry(UnicodeScript.HANGUL, "ko"),
      Map.entry(UnicodeScript.HIRAGANA, "ja"),
      Map.entry(UnicodeScript.KATAKANA, "ja"),
      Map.entry(UnicodeScript.HAN, "zh"),
      Map.entry(UnicodeScript.DEVANAGARI, "hi"),
      Map.entry(UnicodeScript.BENGALI, "bn"),
      Map.entry(UnicodeScript.TAMIL, "ta"),
      Map.entry(UnicodeScript.TELUGU, "te"),
      Map.entry(UnicodeScript.GEORGIAN, "ka"),
      Map.entry(UnicodeScript.ARMENIAN, "hy"),
      Map.entry(UnicodeScript.ARABIC, "ar"));

  private static final Map<String, List<String>> LANGUAGES_OF = languagesOf();
  private static final Map<String, String> LETTERS = letters();

  /** All that it can tell apart. */
  static final Set<String> CODES = codes();

  /** Looks at the first 4,000 characters. */
  static LanguageGuess of(String whole) {
    String text = whole.substring(0, Math.min(whole.length(), MOST_CHARACTERS));
    var scripts = new HashMap<UnicodeScript, Integer>();
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetter(c)) {
        letters++;
        scripts.merge(UnicodeScript.of(c), 1, Integer::sum);
      }
    }
    int japanese = scripts.getOrDefault(UnicodeScript.HIRAGANA, 0)
        + scripts.getOrDefault(UnicodeScript.KATAKANA, 0);
    int ideographs = japanese + scripts.getOrDefault(UnicodeScript.HAN, 0);
    if (ideographs * 3 > letters && ideographs >= 4) {
      return new LanguageGuess(japanese * 8 > ideographs ? "ja" : "zh", 1);
    }
    if (letters < FEWEST_LETTERS) {
      return UNKNOWN;
    }
    for (var script : scripts.entrySet()) {
      if (script.getValue() * 2 > letters && SCRIPTS.containsKey(script.getKey())) {
        return new LanguageGuess(arabic(SCRIPTS.getOrDefault(script.getKey(), ""), text), 1);
      }
    }
    return byWords(text.toLowerCase(Locale.ROOT));
  }

  /** Persian has letters that Arabic lacks. */
  private static String arabic(String code, String text) {
    boolean persian = code.equals("ar")
        && text.chars().filter(c -> "پچژگی".indexOf(c) >= 0).count() * 25 > text.length();
    return persian ? "fa" : code;
  }

  private static LanguageGuess byWords(String text) {
    var scores = new TreeMap<String, Double>();
    int words = 0;
    for (String word : text.split("[^\\p{L}\\p{M}']+", -1)) {
      if (!word.isEmpty()) {
        words++;
        var languages = LANGUAGES_OF.getOrDefault(word, List.of());
        // a word that many languages share tells little
        languages.forEach(
            code -> scores.merge(code, 1.0 / Math.sqrt(languages.size()), Double::sum));
      }
    }
    for (var own : LETTERS.entrySet()) {
      long count = text.chars().filter(c -> own.getValue().indexOf(c) >= 0).count();
      if (count > 0) {
        scores.merge(own.getKey(), 0.35 * Math.min(count, words), Double::sum);
      }
    }
    return best(scores, words);
  }

  private static LanguageGuess best(Map<String, Double> scores, int words) {
    var order = scores.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .toList();
    if (order.isEmpty() || order.getFirst().getValue() < 1.2 || words < 3) {
      return UNKNOWN;
    }
    double first = order.getFirst().getValue();
    double second = order.size() > 1 ? order.get(1).getValue() : 0;
    double coverage = Math.min(1, first / words / 0.2);
    return new LanguageGuess(
        order.getFirst().getKey(), coverage * (0.5 + 0.5 * (first - second) / first));
  }

  private static Map<String, List<String>> languagesOf() {
    var all = new TreeMap<String, List<String>>();
    WORDS.forEach(
        (code, line) -> Arrays.stream(line.substring(0, line.indexOf('|')).split(" ", -1))
            .distinct()
            .forEach(word -> all.merge(word, List.of(code), LanguageGuess::joined)));
    return Map.copyOf(all);
  }

  private static List<String> joined(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private static Map<String, String> letters() {
    var all = new TreeMap<String, String>();
    WORDS.forEach((code, line) -> all.put(code, line.substring(line.indexOf('|') + 1)));
    return Map.copyOf(all);
  }

  private static Set<String> codes() {
    var codes = new TreeSet<>(WORDS.keySet());
    codes.addAll(SCRIPTS.values());
    codes.add("fa");
    return Set.copyOf(codes);
  }
}
