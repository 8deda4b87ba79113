package dev.weir.guardrail.pii;

import static dev.weir.guardrail.pii.Identifier.row;
import static dev.weir.guardrail.pii.Trust.CHECKED;
import static dev.weir.guardrail.pii.Trust.CHECKED_IN_CONTEXT;
import static dev.weir.guardrail.pii.Trust.CHECKED_WRITTEN;
import static dev.weir.guardrail.pii.Trust.SHAPED;
import static dev.weir.guardrail.pii.Trust.SHAPED_IN_CONTEXT;
import static dev.weir.guardrail.pii.Trust.SHAPED_WRITTEN;

import dev.weir.guardrail.pii.check.AsiaPacific;
import java.util.List;

/** Identifiers of Asia, Australia, Israel and South Africa. */
final class AsiaPacificRows {
  private static final String KOREA =
      "주민등록번호|주민번호|외국인등록번호|resident registration|rrn|registration number|등록번호|korean id";

  private AsiaPacificRows() {}

  static List<Identifier> all() {
    return List.of(
        row(
            "in_aadhaar",
            "9999~9999~9999|9999:9999:9999",
            AsiaPacific::aadhaar,
            CHECKED_WRITTEN,
            "aadhaar|aadhar|adhaar|uidai|uid|आधार|enrolment|ஆதார்|আধার",
            "python-stdnum 006192e, stdnum/in_/aadhaar.py; read 2026-11-25"),
        row(
            "in_pan",
            "AAAAA9999A|AAAAA 9999 A|AAAAA-9999-A",
            AsiaPacific::pan,
            SHAPED,
            "pan|pan card|pan number|permanent account|income tax|पैन",
            "python-stdnum 006192e, stdnum/in_/pan.py; read 2026-11-25"),
        row(
            "in_pan",
            "AAAAA9999A",
            s -> true,
            SHAPED_IN_CONTEXT,
            "pan|pan card|pan number|pan no|permanent account|income tax|पैन",
            "python-stdnum 006192e, stdnum/in_/pan.py; read 2026-11-25"),
        row(
            "in_gstin",
            "99AAAAA9999AXXX|99 AAAAA9999A XXX|99 AAAAA9999A X X X|99-AAAAA9999A-XXX",
            AsiaPacific::gstin,
            CHECKED,
            "gstin|gst|goods and services tax",
            "python-stdnum 006192e, stdnum/in_/gstin.py; read 2026-11-25"),
        row(
            "in_gstin",
            "99AAAAA9999AXAX",
            AsiaPacific::gstinShape,
            SHAPED,
            "gstin|gst|goods and services tax",
            "python-stdnum 006192e, stdnum/in_/gstin.py; read 2026-11-25"),
        row(
            "in_voter",
            "AAA9999999",
            s -> true,
            SHAPED_IN_CONTEXT,
            "voter|voter id|epic|election|electors|elector photo|मतदाता",
            "eci.gov.in EPIC; from general knowledge, not read"),
        row(
            "il_id",
            "999999999|99999999-9|9-9999999-9",
            AsiaPacific::israel,
            CHECKED_IN_CONTEXT,
            "teudat zehut|תעודת זהות|ת.ז|ת\"ז|מספר זהות|israeli id|id number|identity number|zehut",
            "python-stdnum 006192e, stdnum/il/idnr.py; read 2026-11-25"),
        row(
            "za_id",
            "9999999999999|999999 9999 99 9|999999 9999 999",
            AsiaPacific::southAfrica,
            CHECKED_IN_CONTEXT,
            "id number|id no|identity number|south african|sa id|rsa id|identity document|id|id-nommer|resident number",
            "python-stdnum 006192e, stdnum/za/idnr.py; read 2026-11-25"),
        row(
            "au_tfn",
            "999~999~999|99999999|999 999 99",
            AsiaPacific::tfn,
            CHECKED_IN_CONTEXT,
            "tfn|tax file|tax file number",
            "python-stdnum 006192e, stdnum/au/tfn.py; read 2026-11-25"),
        row(
            "au_abn",
            "99 999 999 999|99999999999",
            AsiaPacific::abn,
            CHECKED_IN_CONTEXT,
            "abn|australian business|business number",
            "python-stdnum 006192e, stdnum/au/abn.py; read 2026-11-25"),
        row(
            "au_acn",
            "999~999~999",
            AsiaPacific::acn,
            CHECKED_IN_CONTEXT,
            "acn|australian company|company number",
            "python-stdnum 006192e, stdnum/au/acn.py; read 2026-11-25"),
        row(
            "au_medicare",
            "9999~99999~9|9999 99999 99|99999999999|9999-99999-9-9|9999 99999 9/9",
            AsiaPacific::medicare,
            CHECKED_IN_CONTEXT,
            "medicare|medicare card|medicare number",
            "servicesaustralia.gov.au Medicare; from general knowledge, not read"),
        row(
            "sg_nric",
            "A9999999A",
            AsiaPacific::nric,
            CHECKED,
            "nric|fin|identity card|singapore",
            "ica.gov.sg NRIC; from general knowledge, not read"),
        row(
            "sg_nric",
            "A9999999A",
            s -> "STFGM".indexOf(s.charAt(0)) >= 0,
            SHAPED_IN_CONTEXT,
            "nric|fin|singapore",
            "ica.gov.sg NRIC; from general knowledge, not read"),
        row(
            "hk_hkid",
            "A999999(X|AA999999(X|A999999 (X|AA999999 (X",
            AsiaPacific::hkid,
            CHECKED,
            "hkid|hong kong|身份證|identity card",
            "immd.gov.hk HKID; from general knowledge, not read"),
        row(
            "hk_hkid",
            "A999999X|AA999999X|A999999-X",
            AsiaPacific::hkid,
            CHECKED_IN_CONTEXT,
            "hkid|hong kong id|hong kong identity|香港身份證|身份證|身份证|identity card",
            "immd.gov.hk HKID; from general knowledge, not read"),
        row(
            "tw_id",
            "A999999999",
            AsiaPacific::taiwan,
            CHECKED_IN_CONTEXT,
            "身分證|身分證字號|身份證|taiwan|taiwanese|national id|identity card|居留證|統一證號|id number",
            "ris.gov.tw 國民身分證; from general knowledge, not read"),
        row(
            "my_nric",
            "999999-99-9999",
            AsiaPacific::mykad,
            SHAPED_WRITTEN,
            "mykad|nric|ic|kad pengenalan|identity card|no. kp|no kp",
            "jpn.gov.my MyKad; from general knowledge, not read"),
        row(
            "my_nric",
            "999999999999|999999 99 9999",
            AsiaPacific::mykad,
            SHAPED_IN_CONTEXT,
            "mykad|nric|ic no|ic number|kad pengenalan|no. kp|malaysia|malaysian",
            "jpn.gov.my MyKad; from general knowledge, not read"),
        row(
            "th_id",
            "9-9999-99999-99-9|9999999999999|9 9999 99999 99 9",
            AsiaPacific::thailand,
            CHECKED_WRITTEN,
            "เลขประจำตัวประชาชน|บัตรประชาชน|เลขบัตร|thai id|thai national|national id|id card|thailand|tax id",
            "python-stdnum 006192e, stdnum/th/pin.py; read 2026-11-25"),
        row(
            "id_nik",
            "9999999999999999|9999~9999~9999~9999|999999 999999 9999",
            AsiaPacific::nik,
            SHAPED_IN_CONTEXT,
            "nik|ktp|e-ktp|nomor induk|kartu tanda penduduk|induk kependudukan",
            "dukcapil.kemendagri.go.id NIK; from general knowledge, not read"),
        row(
            "cn_resident_id",
            "99999999999999999X|999999 99999999 999X|999999-99999999-999X",
            AsiaPacific::chinaResident,
            CHECKED,
            "身份证|身份证号|公民身份号码|resident id|id card|chinese id",
            "python-stdnum 006192e, stdnum/cn/ric.py; read 2026-11-25"),
        row(
            "cn_uscc",
            "XX999999XXXXXXXXXX",
            AsiaPacific::uscc,
            CHECKED,
            "统一社会信用代码|信用代码|uscc|social credit",
            "GB 32100-2015; from general knowledge, not read"),
        row(
            "jp_my_number",
            "9999~9999~9999",
            AsiaPacific::myNumber,
            CHECKED_IN_CONTEXT,
            "マイナンバー|個人番号|my number|mynumber|individual number",
            "soumu.go.jp, 平成26年総務省令第85号; from general knowledge, not read"),
        row(
            "kr_rrn",
            "999999-9999999",
            AsiaPacific::rrn,
            CHECKED_WRITTEN,
            KOREA,
            "python-stdnum 006192e, stdnum/kr/rrn.py; read 2026-11-25"),
        row(
            "kr_rrn",
            "9999999999999|999999 9999999",
            AsiaPacific::rrn,
            CHECKED_IN_CONTEXT,
            KOREA,
            "python-stdnum 006192e, stdnum/kr/rrn.py; read 2026-11-25"),
        row(
            "kr_rrn",
            "999999-9999999",
            AsiaPacific::anyRrn,
            SHAPED_WRITTEN,
            KOREA,
            "python-stdnum 006192e, stdnum/kr/rrn.py; read 2026-11-25"),
        row(
            "kr_rrn",
            "9999999999999",
            AsiaPacific::anyRrn,
            SHAPED_IN_CONTEXT,
            KOREA + "|frn",
            "without check digit since October 2020; from general knowledge, not read"),
        row(
            "kr_brn",
            "999-99-99999|9999999999",
            AsiaPacific::koreaBusiness,
            CHECKED_WRITTEN,
            "사업자등록번호|사업자번호|business registration|brn",
            "nts.go.kr 사업자등록번호; from general knowledge, not read"));
  }
}
