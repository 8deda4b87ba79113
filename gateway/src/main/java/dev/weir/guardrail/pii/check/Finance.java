package dev.weir.guardrail.pii.check;

import static dev.weir.guardrail.pii.check.Checksums.digit;
import static dev.weir.guardrail.pii.check.Checksums.luhn;
import static dev.weir.guardrail.pii.check.Checksums.number;
import static dev.weir.guardrail.pii.check.Checksums.uniform;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Payment cards, bank accounts, and what is stamped on devices and vehicles. */
public final class Finance {
  /** IBAN lengths: SWIFT IBAN registry, release 99 (2025). */
  private static final Map<String, Integer> IBAN_LENGTHS = lengths(
      "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27"
          + " DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21"
          + " HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27"
          + " MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24"
          + " RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22"
          + " VG24 XK20 YE30");

  private static final Set<String> COUNTRIES = Set.of(
      ("AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS"
              + " BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM"
              + " DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ"
              + " GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI"
              + " KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM"
              + " MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA"
              + " PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL"
              + " SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US"
              + " UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW")
          .split(" ", -1));

  private static final String VIN_VALUES = "12345678 12345 7 923456789";
  private static final int[] VIN_WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

  private Finance() {}

  /**
   * A card number of the large networks: American Express, Visa, Mastercard (2-series included), Discover, Diners, JCB
   * (2131 and 1800 included), UnionPay, Mir, RuPay, Elo, UATP. Maestro in its usual 16 digits.
   */
  public static boolean card(String s) {
    return network(s) && luhn(s) && !uniform(s);
  }

  /** A card number of any length that ISO/IEC 7812 allows, as Maestro writes it. */
  public static boolean anyCard(String s) {
    int four = number(s, 0, 4);
    boolean known = network(s)
        || maestro(four)
        || (s.length() == 13 && four / 1000 == 4)
        || (s.length() == 15 && four / 1000 == 1);
    return known && luhn(s) && !uniform(s);
  }

  private static boolean network(String s) {
    int four = number(s, 0, 4);
    return switch (s.length()) {
      case 14 ->
        four / 100 == 36 || four / 100 == 38 || (four >= 3000 && four <= 3059) || four == 3095;
      case 15 -> four / 100 == 34 || four / 100 == 37 || four == 2131 || four == 1800;
      case 16 -> sixteen(four);
      case 17, 18 -> four / 100 == 62;
      case 19 -> four / 100 == 62 || four / 1000 == 4 || four == 6011;
      default -> false;
    };
  }

  private static boolean sixteen(int four) {
    return four / 1000 == 4
        || (four >= 5100 && four <= 5599)
        || (four >= 2200 && four <= 2204)
        || (four >= 2221 && four <= 2720)
        || (four >= 3528 && four <= 3589)
        || (four >= 3000 && four <= 3059)
        || four / 100 == 36
        || four / 100 == 38
        || four / 100 == 81
        || four == 5081
        || four == 6521
        || maestro(four);
  }

  private static boolean maestro(int four) {
    return four / 100 == 50 || (four >= 5600 && four <= 6999);
  }

  public static boolean iban(String s) {
    Integer length = IBAN_LENGTHS.get(s.substring(0, 2));
    return length != null
        && length == s.length()
        && Checksums.mod97(s.substring(4) + s.substring(0, 4)) == 1;
  }

  /** ISO 9362: bank, country, place, branch. */
  public static boolean bic(String s) {
    return COUNTRIES.contains(s.substring(4, 6)) && s.charAt(6) != '0' && s.charAt(7) != 'O';
  }

  public static boolean country(String code) {
    return COUNTRIES.contains(code);
  }

  /** CLABE: 18 digits, weights 3 7 1; the first three are a bank. */
  public static boolean clabe(String s) {
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += digit(s, i) * ("371".charAt(i % 3) - '0') % 10;
    }
    return (10 - sum % 10) % 10 == digit(s, 17) && number(s, 0, 3) >= 2;
  }

  /** 15 digits with a Luhn digit; the first two are a reporting body in use. */
  public static boolean imei(String s) {
    int body = number(s, 0, 2);
    return luhn(s) && !uniform(s) && (body == 1 || body == 10 || body == 35 || body >= 44);
  }

  /** ISO 3779 with the check digit of 49 CFR 565.15 in the ninth place. */
  public static boolean vin(String s) {
    int sum = 0;
    int letters = 0;
    for (int i = 0; i < 17; i++) {
      char c = s.charAt(i);
      boolean isDigit = c <= '9';
      int value = isDigit ? c - '0' : VIN_VALUES.charAt(c - 'A') - '0';
      if (value < 0) {
        return false;
      }
      letters += isDigit ? 0 : 1;
      sum += value * VIN_WEIGHTS[i];
    }
    char check = s.charAt(8);
    return letters > 1 && (sum % 11 == 10 ? check == 'X' : check == '0' + sum % 11);
  }

  /** ISO 3779 without a check digit, as outside North America. */
  public static boolean anyVin(String s) {
    int digits = 0;
    for (int i = 0; i < 17; i++) {
      char c = s.charAt(i);
      if (c == 'I' || c == 'O' || c == 'Q') {
        return false;
      }
      digits += c <= '9' ? 1 : 0;
    }
    return digits >= 4 && digits <= 15 && s.charAt(16) <= '9';
  }

  private static Map<String, Integer> lengths(String table) {
    return Arrays.stream(table.split(" ", -1))
        .collect(Collectors.toUnmodifiableMap(
            row -> row.substring(0, 2), row -> Integer.parseInt(row.substring(2))));
  }
}
