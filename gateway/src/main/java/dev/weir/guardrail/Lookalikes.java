package dev.weir.guardrail;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Letters of other scripts that look like Latin ones, and forms of Latin letters that no normalisation form folds.
 *
 * <p>The letters of other scripts are folded only where they stand among Latin ones: a Russian text is left alone. Chosen
 * from the letters that fonts draw alike; after the idea of Unicode UTS #39 "confusables" (read 2026-11-24). Immutable.
 */
final class Lookalikes {
  /** Cyrillic, Greek, Armenian and Cherokee: pairs of a letter and the Latin one that it looks like. */
  private static final String FOREIGN =
      "аaАAвbВBсcСCеeЕEѕsЅSіiІIїiЇIјjЈJкkКKмmМMнhНHоoОOрpРPтtТTуyУYхxХXԁdԌGԛqԜWԝwһhҺHӏlӀIѵv"
          + "ԚQгrпnзzбbёeЁEґrүyҮYұyҳxқkҚKҝkӕaңhәe"
          + "αaΑAΒBβbΕEεeΖZΗHηnιiΙIκkΚKΜMΝNνvοoΟOρpΡPτtΤTυuΥYχxΧXγyωwϲcϹCσoςcϳjіiόoάaέeίiϊi"
          + "օoՕOոnսuցgհhզqլlյjաwղn"
          + "ᎪAᏴBᏟCᎠDᎬEᎻHᎫJᏦKᏞLᎷMᏢPᏚSᎢTᏙVᎳWᏃZ";

  /** Forms that are Latin whatever stands beside them. */
  private static final String LATIN =
      "ıiɑaɡgɩiʟlɴnʀrʏyʙbɢgʜhɪiᴀaᴄcᴅdᴇeᴊjᴋkᴍmᴏoᴘpᴛtᴜuᴠvᴡwᴢzꜰfꜱsƖIǀIⱭA"
          + "‐-‑-‒-–-—-―-−-﹘-‘'’'‛'′'“\"”\"„\"‟\"″\"․.‚,٫.";

  private static final Map<Integer, Character> OTHER_SCRIPTS = pairs(FOREIGN);
  private static final Map<Integer, Character> ALWAYS = pairs(LATIN);

  private Lookalikes() {}

  /** The Latin letter that a letter of another script looks like; null when it looks like none. */
  static @Nullable Character latin(int point) {
    return OTHER_SCRIPTS.get(point);
  }

  /** What this character is folded to wherever it stands; -1 when it stays. */
  static int always(int point) {
    if (point >= 0x1f130 && point <= 0x1f189) {
      // letters in squares and circles, plain and negative: four runs of 26 with six places between
      int letter = (point - 0x1f130) % 32;
      return letter < 26 ? 'A' + letter : -1;
    }
    if (point >= 0x1f1e6 && point <= 0x1f1ff) {
      return 'A' + point - 0x1f1e6;
    }
    if (point >= 0xe0020 && point <= 0xe007e) {
      // tag characters are invisible, and models read them as the ASCII they shadow
      return point - 0xe0000;
    }
    var folded = ALWAYS.get(point);
    return folded == null ? -1 : folded;
  }

  /** Whether this is a letter of a script whose letters are taken for Latin ones. */
  static boolean foreign(int point) {
    if (point < 0x370) {
      return false;
    }
    return switch (Character.UnicodeScript.of(point)) {
      case CYRILLIC, GREEK, ARMENIAN, CHEROKEE -> Character.isLetter(point);
      default -> false;
    };
  }

  private static Map<Integer, Character> pairs(String pairs) {
    var map = new HashMap<Integer, Character>();
    int i = 0;
    while (i < pairs.length()) {
      int point = pairs.codePointAt(i);
      i += Character.charCount(point);
      map.putIfAbsent(point, pairs.charAt(i));
      i++;
    }
    return Map.copyOf(map);
  }
}
