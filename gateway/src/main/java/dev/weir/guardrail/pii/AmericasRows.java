package dev.weir.guardrail.pii;

import static dev.weir.guardrail.pii.Identifier.row;
import static dev.weir.guardrail.pii.Trust.CHECKED;
import static dev.weir.guardrail.pii.Trust.CHECKED_IN_CONTEXT;
import static dev.weir.guardrail.pii.Trust.CHECKED_WRITTEN;
import static dev.weir.guardrail.pii.Trust.SHAPED_IN_CONTEXT;
import static dev.weir.guardrail.pii.Trust.SHAPED_WRITTEN;

import dev.weir.guardrail.pii.check.Americas;
import dev.weir.guardrail.pii.check.Finance;
import java.util.List;

/** Identifiers of North and South America. */
final class AmericasRows {
  private static final String SSN =
      "ssn|ssns|ssn#|social security|social security number|social security no|social sec|ss#|soc sec"
          + "|social|seguro social|socialsecurity|ssid|ss number";

  private AmericasRows() {}

  static List<Identifier> all() {
    return List.of(
        row(
            "us_ssn",
            "999-99-9999",
            Americas::ssn,
            SHAPED_WRITTEN,
            SSN,
            "ssa-custhelp.ssa.gov answer 425, as archived in 2013; read 2026-11-25"),
        row(
            "us_ssn",
            "999~99~9999",
            Americas::ssn,
            SHAPED_IN_CONTEXT,
            SSN,
            "ssa-custhelp.ssa.gov answer 425, as archived in 2013; read 2026-11-25"),
        row(
            "us_itin",
            "999-99-9999",
            Americas::itin,
            SHAPED_WRITTEN,
            "itin|individual taxpayer|taxpayer|tax id|tin",
            "python-stdnum 006192e, stdnum/us/itin.py; read 2026-11-25"),
        row(
            "us_itin",
            "999~99~9999|999-999999|99999-9999|999 999999",
            Americas::itin,
            SHAPED_IN_CONTEXT,
            "itin|individual taxpayer|taxpayer|tax id|tin",
            "python-stdnum 006192e, stdnum/us/itin.py; read 2026-11-25"),
        row(
            "us_ein",
            "99-9999999|999999999",
            Americas::ein,
            SHAPED_IN_CONTEXT,
            "ein|employer identification|employer id|fein|federal tax id|tax id|federal employer",
            "irs.gov EIN prefixes; from general knowledge, not read"),
        row(
            "us_aba",
            "999999999|9999-9999-9|9999 9999 9",
            Americas::aba,
            CHECKED_IN_CONTEXT,
            "aba|routing|routing number|routing no|rtn|aba number|bank routing|transit number|ach|wire",
            "python-stdnum 006192e, stdnum/us/rtn.py; read 2026-11-25"),
        row(
            "us_npi",
            "9999999999|9999-999-999|9999 999 999",
            Americas::npi,
            CHECKED_IN_CONTEXT,
            "npi|national provider|provider identifier|provider id|provider number",
            "cms.gov NPI check digit; from general knowledge, not read"),
        row(
            "us_mbi",
            "9AX9-AX9-AA99|9AX9 AX9 AA99",
            Americas::mbi,
            SHAPED_WRITTEN,
            "mbi|medicare|beneficiary",
            "cms.gov Understanding the MBI format; from general knowledge, not read"),
        row(
            "us_mbi",
            "9AX9AX9AA99",
            Americas::mbi,
            Trust.SHAPED,
            "mbi|medicare|beneficiary|medicare id",
            "cms.gov Understanding the MBI format; from general knowledge, not read"),
        row(
            "ca_sin",
            "999-999-999",
            Americas::sin,
            CHECKED_WRITTEN,
            "sin|social insurance|nas|assurance sociale",
            "python-stdnum 006192e, stdnum/ca/sin.py; read 2026-11-25"),
        row(
            "ca_sin",
            "999~999~999",
            Americas::sin,
            CHECKED_IN_CONTEXT,
            "sin|social insurance|social insurance number|nas|assurance sociale|numéro d'assurance",
            "python-stdnum 006192e, stdnum/ca/sin.py; read 2026-11-25"),
        row(
            "br_cpf",
            "999.999.999-99|99999999999|999 999 999 99|999999999-99",
            Americas::cpf,
            CHECKED_WRITTEN,
            "cpf|cadastro de pessoas|cpf/mf|contribuinte|documento|tax id|taxpayer",
            "python-stdnum 006192e, stdnum/br/cpf.py; read 2026-11-25"),
        row(
            "br_cnpj",
            "XX.XXX.XXX/XXXX-99|XXXXXXXXXXXX99",
            Americas::cnpj,
            CHECKED_WRITTEN,
            "cnpj|cadastro nacional|pessoa jurídica|empresa|tax id",
            "python-stdnum 006192e, stdnum/br/cnpj.py; read 2026-11-25"),
        row(
            "mx_curp",
            "AAAA999999AAAAAAX9",
            Americas::curp,
            CHECKED,
            "curp|clave única",
            "python-stdnum 006192e, stdnum/mx/curp.py; read 2026-11-25"),
        row(
            "mx_rfc",
            "AAAA999999XXX|AAA999999XXX|AAAA~999999~XXX|AAA~999999~XXX",
            Americas::rfc,
            CHECKED,
            "rfc|registro federal|contribuyentes",
            "sat.gob.mx, Anexo 20; from general knowledge, not read"),
        row(
            "mx_clabe",
            "999999999999999999|999 999 99999999999 9|999~999~99999999999~9",
            Finance::clabe,
            CHECKED_IN_CONTEXT,
            "clabe|clabe interbancaria|interbancaria|cuenta|transferencia",
            "banxico.org.mx CLABE; from general knowledge, not read"),
        row(
            "ar_cuit",
            "99-99999999-9|99999999999|99 99999999 9",
            Americas::cuit,
            CHECKED_WRITTEN,
            "cuit|cuil|cdi|afip|clave única de identificación|tax id",
            "python-stdnum 006192e, stdnum/ar/cuit.py; read 2026-11-25"),
        row(
            "cl_rut",
            "99.999.999-X|9.999.999-X|99999999-X|9999999-X",
            Americas::rut,
            CHECKED_WRITTEN,
            "rut|run|rol único|tributario|cédula|tax id",
            "python-stdnum 006192e, stdnum/cl/rut.py; read 2026-11-25"),
        row(
            "cl_rut",
            "99999999X|999999999",
            Americas::rut,
            CHECKED_IN_CONTEXT,
            "rut|run|rol único|tributario",
            "python-stdnum 006192e, stdnum/cl/rut.py; read 2026-11-25"));
  }
}
