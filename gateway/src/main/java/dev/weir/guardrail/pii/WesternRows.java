package dev.weir.guardrail.pii;

import static dev.weir.guardrail.pii.Identifier.row;
import static dev.weir.guardrail.pii.Trust.CHECKED;
import static dev.weir.guardrail.pii.Trust.CHECKED_IN_CONTEXT;
import static dev.weir.guardrail.pii.Trust.CHECKED_WRITTEN;
import static dev.weir.guardrail.pii.Trust.SHAPED;
import static dev.weir.guardrail.pii.Trust.SHAPED_IN_CONTEXT;

import dev.weir.guardrail.pii.check.WesternEurope;
import java.util.List;

/** Identifiers of western and southern Europe. */
final class WesternRows {
  private static final String TAX_DE =
      "steuer-id|steuerid|steuer id|steuer-identifikationsnummer|steueridentifikationsnummer|idnr|id-nr"
          + "|steuerliche identifikationsnummer|identifikationsnummer|steuernummer|steuer-nr|tin|tax id|tax number|tax identification|german tax";

  private WesternRows() {}

  static List<Identifier> all() {
    return List.of(
        row(
            "uk_nino",
            "AA~99~99~99~A|AA 999999 A|AA 999999A|AA 99 99 99A",
            WesternEurope::nino,
            SHAPED,
            "nino|national insurance|ni number|ni no|national insurance number|insurance number",
            "gov.uk NIM39110; from general knowledge, not read"),
        row(
            "uk_nhs",
            "999~999~9999",
            WesternEurope::nhs,
            CHECKED_IN_CONTEXT,
            "nhs|nhs number|nhs no|national health|patient number|patient",
            "python-stdnum 006192e, stdnum/gb/nhs.py; read 2026-11-25"),
        row(
            "de_steuer_id",
            "99 999 999 999|99999999999|99/999/999/999|999 999 999 99|99.999.999.999|99-999-999-999",
            WesternEurope::steuerId,
            CHECKED_IN_CONTEXT,
            TAX_DE,
            "python-stdnum 006192e, stdnum/de/idnr.py; read 2026-11-25"),
        row(
            "de_personalausweis",
            "XXXXXXXXX9|XXXXXXXXX9A|XXXXXXXXX 9",
            WesternRows::ausweis,
            CHECKED_IN_CONTEXT,
            "personalausweis|ausweis|ausweisnummer|perso|identity card|id card|personalausweisnummer",
            "ICAO 9303; bmi.bund.de Personalausweis; from general knowledge, not read"),
        row(
            "de_personalausweis",
            "XXXXXXXXX",
            WesternEurope::ausweisSerial,
            SHAPED_IN_CONTEXT,
            "personalausweis|ausweis|ausweisnummer|perso|personalausweisnummer|id card|identity card",
            "bmi.bund.de Personalausweis; from general knowledge, not read"),
        row(
            "de_rentenversicherung",
            "99999999A999|99 999999 A 999|99 999999 A999",
            WesternEurope::rentenversicherung,
            CHECKED,
            "rentenversicherung|versicherungsnummer|sozialversicherungsnummer|rvnr|svnr",
            "deutsche-rentenversicherung.de, VKVV; from general knowledge, not read"),
        row(
            "fr_nir",
            "9 99 99 9X 999 999 99|999999X99999999|999999X999999 99|9-99-99-9X-999-999-99|9.99.99.9X.999.999.99",
            WesternEurope::nir,
            CHECKED,
            "nir|sécurité sociale|numéro de sécu|insee|sécu",
            "python-stdnum 006192e, stdnum/fr/nir.py; read 2026-11-25"),
        row(
            "fr_siren",
            "999~999~999",
            WesternEurope::siren,
            CHECKED_IN_CONTEXT,
            "siren|n° siren|numéro siren|rcs|registre du commerce",
            "python-stdnum 006192e, stdnum/fr/siren.py; read 2026-11-25"),
        row(
            "fr_siret",
            "999~999~999~99999",
            WesternEurope::siren,
            CHECKED_IN_CONTEXT,
            "siret|n° siret|numéro siret",
            "insee.fr SIRET; from general knowledge, not read"),
        row(
            "es_dni",
            "99999999A|99.999.999-A|99999999-A|99.999.999A|99999999 A",
            WesternEurope::dni,
            CHECKED,
            "dni|nif|documento nacional|identidad",
            "python-stdnum 006192e, stdnum/es/dni.py; read 2026-11-25"),
        row(
            "es_dni",
            "9999999A|9999999-A",
            s -> WesternEurope.dni("0" + s),
            CHECKED_IN_CONTEXT,
            "dni|nif|documento nacional|identidad",
            "python-stdnum 006192e, stdnum/es/dni.py; read 2026-11-25"),
        row(
            "es_nie",
            "A9999999A|A-9999999-A|A-9999999A|A9999999-A|A 9999999 A|A-9.999.999-A",
            WesternEurope::nie,
            CHECKED,
            "nie|extranjero|número de identidad",
            "python-stdnum 006192e, stdnum/es/nie.py; read 2026-11-25"),
        row(
            "es_cif",
            "A9999999X|A-9999999X|A-9999999-X|A9999999-X",
            WesternEurope::cif,
            CHECKED_IN_CONTEXT,
            "cif|nif|empresa|sociedad|tax id",
            "Orden EHA/451/2008; from general knowledge, not read"),
        row(
            "it_codice_fiscale",
            "AAAAAAXXAXXAXXXA|AAA AAA XXAXX AXXXA",
            WesternEurope::codiceFiscale,
            CHECKED,
            "codice fiscale|cf",
            "python-stdnum 006192e, stdnum/it/codicefiscale.py; read 2026-11-25"),
        row(
            "it_partita_iva",
            "99999999999",
            WesternEurope::partitaIva,
            CHECKED_IN_CONTEXT,
            "partita iva|p. iva|p.iva|piva|p iva|vat|iva",
            "agenziaentrate.gov.it partita IVA; from general knowledge, not read"),
        row(
            "it_partita_iva",
            "AA99999999999|AA 99999999999",
            s -> s.startsWith("IT") && WesternEurope.partitaIva(s.substring(2)),
            CHECKED,
            "partita iva",
            "agenziaentrate.gov.it partita IVA; from general knowledge, not read"),
        row(
            "nl_bsn",
            "999999999|9999.99.999|999.999.999|999 999 999|999-999-999|9999 99 999",
            WesternEurope::bsn,
            CHECKED_IN_CONTEXT,
            "bsn|burgerservicenummer|sofinummer|sofi|citizen service|persoonsnummer",
            "python-stdnum 006192e, stdnum/nl/bsn.py; read 2026-11-25"),
        row(
            "be_nrn",
            "99.99.99-999.99|99999999999|99 99 99 999 99|999999-999-99|99.99.99.999.99",
            WesternEurope::nrn,
            CHECKED_WRITTEN,
            "rijksregister|rijksregisternummer|registre national|numéro national|nationaalnummer|insz|niss|national register|national number",
            "python-stdnum 006192e, stdnum/be/nn.py; read 2026-11-25"),
        row(
            "pt_nif",
            "999999999|999 999 999|999.999.999",
            WesternEurope::nif,
            CHECKED_IN_CONTEXT,
            "nif|contribuinte|número de identificação fiscal|nipc|número fiscal|tax number|tax id",
            "python-stdnum 006192e, stdnum/pt/nif.py; read 2026-11-25"),
        row(
            "ch_ahv",
            "999.9999.9999.99|9999999999999|999 9999 9999 99",
            WesternEurope::ahv,
            CHECKED,
            "ahv|avs|oasi|ahv-nummer",
            "python-stdnum 006192e, stdnum/ch/ssn.py; read 2026-11-25"),
        row(
            "at_svnr",
            "9999 999999|9999999999|9999-999999|9999/999999",
            WesternEurope::svnr,
            CHECKED_IN_CONTEXT,
            "svnr|sozialversicherungsnummer|sv-nummer|sv-nr|versicherungsnummer|sozialversicherung|social security|insurance number",
            "python-stdnum 006192e, stdnum/at/vnr.py; read 2026-11-25"),
        row(
            "ie_pps",
            "9999999A|9999999AA|9999999 A|9999999 AA",
            WesternEurope::pps,
            CHECKED_IN_CONTEXT,
            "pps|ppsn|pps number|pps no|personal public service|public service number",
            "python-stdnum 006192e, stdnum/ie/pps.py; read 2026-11-25"));
  }

  /** With the check digit, and perhaps the D for Deutschland. */
  private static boolean ausweis(String s) {
    return WesternEurope.ausweis(s.substring(0, 10)) && (s.length() == 10 || s.charAt(10) == 'D');
  }
}
