package dev.weir.guardrail.pii;

import static dev.weir.guardrail.pii.Identifier.row;
import static dev.weir.guardrail.pii.Identifier.scanned;
import static dev.weir.guardrail.pii.Trust.CHECKED;
import static dev.weir.guardrail.pii.Trust.CHECKED_IN_CONTEXT;
import static dev.weir.guardrail.pii.Trust.SHAPED;
import static dev.weir.guardrail.pii.Trust.SHAPED_IN_CONTEXT;
import static dev.weir.guardrail.pii.Trust.SHAPED_WRITTEN;

import dev.weir.guardrail.pii.check.Finance;
import java.util.List;

/** Identifiers that belong to no country. */
final class GlobalRows {
  private static final String CARD =
      "card|cards|credit card|debit card|creditcard|card number|cc|ccn|visa|mastercard|amex"
          + "|american express|maestro|discover|diners|jcb|unionpay|karte|kreditkarte|kartennummer|carte|carte bancaire|carte bleue"
          + "|tarjeta|cartão|cartao|carta|carta di credito|kaart|creditcardnummer|kort|kortnummer|karta|karty|kártya|kart|карта|карты|картой"
          + "|信用卡|银行卡|卡号|クレジットカード|カード番号|카드|بطاقة|כרטיס";
  private static final String PASSPORT =
      "passport|passports|passport no|passport number|passeport|reisepass|passnummer|pasaporte"
          + "|passaporte|passaporto|paspoort|paszport|pas|útlevél|pașaport|pasaport|паспорт|паспорта|pass no|护照|護照|パスポート|旅券"
          + "|여권|جواز|דרכון|paspor|hộ chiếu";

  private GlobalRows() {}

  static List<Identifier> all() {
    return List.of(
        scanned(
            "email",
            SHAPED,
            "",
            "RFC 5321 section 4.1.2, RFC 6531; from general knowledge, not read"),
        scanned(
            "phone",
            SHAPED,
            "phone|phones|telephone|tel|mobile|cell|cellphone|call|calls|called|calling|fax|contact|whatsapp|sms|text me"
                + "|reach|dial|ring|voicemail|hotline|phone number|telefon|telefonnummer|handy|rufnummer|mobil|anrufen"
                + "|téléphone|telephone|portable|appelez|numéro|teléfono|telefono|móvil|celular|llamar|llámame|telefone|telemóvel"
                + "|cellulare|chiama|telefoon|mobiel|bellen|telefonu|telefonszám|ring meg|zadzwoń|komórka|puhelin|тел|телефон|телефону"
                + "|позвоните|звоните|моб|номер|电话|手机|電話|手機|携帯|전화|휴대폰|هاتف|جوال|טלפון|नंबर|फोन|mobile no|ph|answering"
                + "|answer|office|extension|emergency contact|landline",
            "ITU-T E.164, libphonenumber 9.0.43; from general knowledge, not read"),
        row(
            "card",
            "9999~9999~9999~9999|9999~999999~99999|9999~999999~9999|99999999999999999"
                + "|999999999999999999|9999~9999~9999~9999~999",
            Finance::card,
            CHECKED,
            CARD,
            "ISO/IEC 7812-1 and the networks' published ranges; from general knowledge, not read"),
        row(
            "card",
            "999999999999|9999999999999|99999999999999|999999999999999|99999999999999999|999999999999999999"
                + "|9999999999999999999|9999~9999~99999",
            Finance::anyCard,
            CHECKED_IN_CONTEXT,
            CARD,
            "ISO/IEC 7812-1, Maestro 12 to 19 digits; from general knowledge, not read"),
        row(
            "iban",
            ibanMasks(),
            Finance::iban,
            CHECKED,
            "iban|account|konto|compte|cuenta|conto",
            "python-stdnum 006192e, stdnum/iban.py; read 2026-11-25"),
        row(
            "bic",
            "AAAAAAXX|AAAAAAXXXXX",
            Finance::bic,
            SHAPED_IN_CONTEXT,
            "bic|swift|swift code|swift-code|bic/swift|bic-code|swift/bic",
            "ISO 9362:2022; from general knowledge, not read"),
        scanned(
            "ip",
            SHAPED,
            "ip|ipv4|ipv6|ip address|address|host|server|ip-adresse|adresse ip",
            "RFC 791, RFC 4291; from general knowledge, not read"),
        row(
            "mac",
            "HH:HH:HH:HH:HH:HH|HH-HH-HH-HH-HH-HH|HHHH.HHHH.HHHH",
            GlobalRows::mac,
            SHAPED,
            "mac|mac address|ethernet|bssid|hwaddr",
            "IEEE 802-2014 section 8; from general knowledge, not read"),
        row(
            "mac",
            "HHHHHHHHHHHH",
            GlobalRows::mac,
            SHAPED_IN_CONTEXT,
            "mac|mac address|mac-adresse|bssid|hwaddr",
            "IEEE 802-2014 section 8; from general knowledge, not read"),
        scanned(
            "url_credentials",
            CHECKED,
            "",
            "RFC 3986 section 3.2.1; from general knowledge, not read"),
        scanned(
            "crypto",
            CHECKED,
            "",
            "BIP 13, BIP 173, BIP 350, EIP-55; from general knowledge, not read"),
        row(
            "vin",
            "XXXXXXXXXXXXXXXXX",
            Finance::vin,
            CHECKED,
            "vin",
            "ISO 3779, 49 CFR 565.15; from general knowledge, not read"),
        row(
            "vin",
            "XXXXXXXXXXXXXXXXX",
            Finance::anyVin,
            SHAPED_IN_CONTEXT,
            "vin|chassis|vehicle identification|fahrgestellnummer|fin|fahrzeug|châssis|bastidor|telaio|chassi|车架号|車台番号|차대번호",
            "ISO 3779:2009; from general knowledge, not read"),
        row(
            "imei",
            "999999999999999|99-999999-999999-9|99 999999 999999 9",
            Finance::imei,
            CHECKED_IN_CONTEXT,
            "imei|device id|handset|phone|serial",
            "python-stdnum 006192e, stdnum/imei.py; read 2026-11-25"),
        row(
            "passport",
            "A9999999|AA9999999|AA999999|A99999999|AAA999999|999999999|A99999999A|99AA99999|99~99~999999|A~9999999"
                + "|AA~9999999|A999A9999|A9AAA999A|XXXXXXXXX|A999999|99999999",
            GlobalRows::passport,
            SHAPED_IN_CONTEXT,
            PASSPORT,
            "ICAO Doc 9303 part 4: up to nine characters; from general knowledge, not read"),
        scanned(
            "passport",
            CHECKED,
            "",
            "ICAO Doc 9303 parts 3 to 5, machine readable zone; from general knowledge, not read"),
        scanned(
            "date_of_birth",
            SHAPED_WRITTEN,
            "born|born on|birth|date of birth|birth date|birthdate|birthday|dob|d.o.b|geboren|geboren am"
                + "|geburtsdatum|geb|geburtstag|né|née|né le|née le|naissance|date de naissance|nacido|nacida|nacimiento|fecha de nacimiento|nascido|nascida"
                + "|nascimento|data de nascimento|nato|nata|nascita|data di nascita|geboortedatum|född|fødselsdato|født|syntymäaika"
                + "|urodzony|urodzona|urodzenia|data urodzenia|narozen|narození|született|születési|născut|doğum|doğum tarihi|дата рождения"
                + "|родился|родилась|出生|生日|出生日期|生年月日|誕生日|생년월일|생일|تاريخ الميلاد|जन्म",
            "the guardrail's own rule"),
        scanned(
            "address",
            SHAPED,
            "address|live at|lives at|living at|ship to|deliver to|mail to|wohnhaft|anschrift|adresse|dirección|indirizzo"
                + "|endereço|adres",
            "the guardrail's own rule"));
  }

  private static boolean mac(String s) {
    boolean zero = s.equals("000000000000");
    return !zero && (s.chars().anyMatch(c -> c <= '9') || s.chars().distinct().count() > 2);
  }

  private static boolean passport(String s) {
    long digits = s.chars().filter(c -> c <= '9').count();
    return digits >= 4 && (s.length() < 8 || s.chars().distinct().count() > 2);
  }

  /** All lengths of IBANs, in fours and in one run. */
  private static String ibanMasks() {
    var masks = new StringBuilder();
    for (int length = 15; length <= 33; length++) {
      String bare = "AA99" + "X".repeat(length - 4);
      masks.append(masks.isEmpty() ? "" : "|");
      for (int i = 0; i < length; i += 4) {
        masks.append(i > 0 ? "~" : "").append(bare, i, Math.min(length, i + 4));
      }
    }
    return masks.toString();
  }
}
