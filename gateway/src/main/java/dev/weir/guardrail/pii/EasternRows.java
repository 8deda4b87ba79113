package dev.weir.guardrail.pii;

import static dev.weir.guardrail.pii.Identifier.row;
import static dev.weir.guardrail.pii.Trust.CHECKED;
import static dev.weir.guardrail.pii.Trust.CHECKED_IN_CONTEXT;
import static dev.weir.guardrail.pii.Trust.CHECKED_WRITTEN;
import static dev.weir.guardrail.pii.Trust.SHAPED_IN_CONTEXT;

import dev.weir.guardrail.pii.check.EasternEurope;
import dev.weir.guardrail.pii.check.NorthernEurope;
import java.util.List;

/** Identifiers of northern and eastern Europe, Greece and Turkey. */
final class EasternRows {
  private static final String RODNE =
      "rodné číslo|rodne cislo|rodného čísla|rč|r.č|birth number|personal number|national id";

  private EasternRows() {}

  static List<Identifier> all() {
    return List.of(
        row(
            "se_personnummer",
            "999999-9999|99999999-9999|999999+9999",
            NorthernEurope::personnummer,
            CHECKED_WRITTEN,
            "personnummer|pnr|personal number|personal identity|samordningsnummer",
            "python-stdnum 006192e, stdnum/se/personnummer.py; read 2026-11-25"),
        row(
            "se_personnummer",
            "9999999999|999999999999|999999 9999|99999999 9999",
            NorthernEurope::personnummer,
            CHECKED_IN_CONTEXT,
            "personnummer|pnr|personal number|personal identity|samordningsnummer",
            "python-stdnum 006192e, stdnum/se/personnummer.py; read 2026-11-25"),
        row(
            "se_organisationsnummer",
            "999999-9999|9999999999",
            NorthernEurope::organisationsnummer,
            CHECKED_IN_CONTEXT,
            "organisationsnummer|orgnummer|företag|company identity|orgnr|org.nr|org nr|org.nummer|organisation number",
            "bolagsverket.se; from general knowledge, not read"),
        row(
            "no_fodselsnummer",
            "999999 99999|99999999999|999999-99999",
            NorthernEurope::fodselsnummer,
            CHECKED_WRITTEN,
            "fødselsnummer|fodselsnummer|personnummer|d-nummer|fnr|national identity|birth number",
            "python-stdnum 006192e, stdnum/no/fodselsnummer.py; read 2026-11-25"),
        row(
            "dk_cpr",
            "999999-9999|9999999999|999999 9999",
            NorthernEurope::cpr,
            SHAPED_IN_CONTEXT,
            "cpr|cpr-nummer|cpr-nr|cpr nr|cpr number|personnummer",
            "cpr.dk; from general knowledge, not read"),
        row(
            "fi_hetu",
            "999999-999X|999999+999X",
            NorthernEurope::hetu,
            CHECKED,
            "henkilötunnus|hetu|personbeteckning",
            "python-stdnum 006192e, stdnum/fi/hetu.py; read 2026-11-25"),
        row(
            "fi_hetu",
            "999999A999X",
            NorthernEurope::letteredHetu,
            CHECKED,
            "henkilötunnus|hetu|personbeteckning",
            "python-stdnum 006192e, stdnum/fi/hetu.py; read 2026-11-25"),
        row(
            "ee_isikukood",
            "99999999999",
            NorthernEurope::isikukood,
            CHECKED_IN_CONTEXT,
            "isikukood|personal code|national id",
            "Estonian standard EVS 585:2007; from general knowledge, not read"),
        row(
            "lt_asmens_kodas",
            "99999999999",
            NorthernEurope::isikukood,
            CHECKED_IN_CONTEXT,
            "asmens kodas|asmens kodo|personal code",
            "registrucentras.lt; from general knowledge, not read"),
        row(
            "pl_pesel",
            "99999999999",
            EasternEurope::pesel,
            CHECKED_IN_CONTEXT,
            "pesel|nr pesel|numer pesel|peselu|national id|personal number|identification number",
            "gov.pl PESEL; from general knowledge, not read"),
        row(
            "pl_nip",
            "999-999-99-99|999-99-99-999|9999999999|999 999 99 99",
            EasternEurope::nip,
            CHECKED_IN_CONTEXT,
            "nip|numer nip|nr nip|tax id|tax number|vat|podatkowy|identyfikacji podatkowej",
            "python-stdnum 006192e, stdnum/pl/nip.py; read 2026-11-25"),
        row(
            "pl_nip",
            "AA9999999999|AA 9999999999|AA 999-999-99-99",
            s -> s.startsWith("PL") && EasternEurope.nip(s.substring(2)),
            CHECKED,
            "nip",
            "podatki.gov.pl NIP; from general knowledge, not read"),
        row(
            "cz_rodne_cislo",
            "999999/9999",
            EasternEurope::rodneCislo,
            CHECKED_WRITTEN,
            RODNE,
            "python-stdnum 006192e, stdnum/cz/rc.py; read 2026-11-25"),
        row(
            "cz_rodne_cislo",
            "9999999999|999999/999|999999 9999",
            EasternEurope::rodneCislo,
            CHECKED_IN_CONTEXT,
            RODNE,
            "python-stdnum 006192e, stdnum/cz/rc.py; read 2026-11-25"),
        row(
            "sk_rodne_cislo",
            "999999/9999|999999/999|9999999999",
            EasternEurope::rodneCislo,
            CHECKED_WRITTEN,
            RODNE,
            "minv.sk, zákon 301/1995 Z. z.; from general knowledge, not read"),
        row(
            "ro_cnp",
            "9999999999999|9 999999 999999|9 999999 99 9999",
            EasternEurope::cnp,
            CHECKED_IN_CONTEXT,
            "cnp|cod numeric personal|codul numeric|personal numeric code",
            "python-stdnum 006192e, stdnum/ro/cnp.py; read 2026-11-25"),
        row(
            "bg_egn",
            "9999999999",
            EasternEurope::egn,
            CHECKED_IN_CONTEXT,
            "егн|egn|единен граждански|personal number|national id",
            "grao.bg ЕГН; from general knowledge, not read"),
        row(
            "gr_afm",
            "999999999",
            EasternEurope::afm,
            CHECKED_IN_CONTEXT,
            "αφμ|α.φ.μ|afm|tax id|tax number|αριθμός φορολογικού",
            "aade.gr ΑΦΜ; from general knowledge, not read"),
        row(
            "gr_amka",
            "99999999999",
            EasternEurope::amka,
            CHECKED_IN_CONTEXT,
            "αμκα|α.μ.κ.α|amka|social security",
            "amka.gr; from general knowledge, not read"),
        row(
            "hu_taj",
            "999~999~999",
            EasternEurope::taj,
            CHECKED_IN_CONTEXT,
            "taj|taj-szám|taj szám|tajszám|társadalombiztosítási",
            "1996. évi XX. törvény; from general knowledge, not read"),
        row(
            "hu_adoazonosito",
            "9999999999",
            EasternEurope::adoazonosito,
            CHECKED_IN_CONTEXT,
            "adóazonosító|adóazonosító jel|adószám|tax id|tax number",
            "1996. évi XX. törvény; from general knowledge, not read"),
        row(
            "hr_oib",
            "99999999999",
            EasternEurope::oib,
            CHECKED_IN_CONTEXT,
            "oib|osobni identifikacijski broj|personal identification",
            "porezna-uprava.hr OIB; from general knowledge, not read"),
        row(
            "tr_tckn",
            "99999999999|999 999 999 99",
            EasternEurope::tckn,
            CHECKED_IN_CONTEXT,
            "tc|t.c|tc kimlik|t.c. kimlik|kimlik no|kimlik numarası|kimlik|tckn|vatandaşlık|turkish id|national id",
            "python-stdnum 006192e, stdnum/tr/tckimlik.py; read 2026-11-25"),
        row(
            "ru_inn",
            "9999999999|999999999999",
            EasternEurope::inn,
            CHECKED_IN_CONTEXT,
            "инн|inn|налогоплательщика|taxpayer",
            "python-stdnum 006192e, stdnum/ru/inn.py; read 2026-11-25"),
        row(
            "ru_snils",
            "999-999-999 99|999-999-999-99|99999999999|999 999 999 99",
            EasternEurope::snils,
            CHECKED_WRITTEN,
            "снилс|snils|пенсионного страхования|пфр",
            "sfr.gov.ru СНИЛС; from general knowledge, not read"),
        row(
            "ua_rnokpp",
            "9999999999",
            EasternEurope::rnokpp,
            CHECKED_IN_CONTEXT,
            "рнокпп|іпн|ідентифікаційний код|ідентифікаційний номер|rnokpp|ipn|податків|tax id|tax number",
            "tax.gov.ua РНОКПП; from general knowledge, not read"));
  }
}
