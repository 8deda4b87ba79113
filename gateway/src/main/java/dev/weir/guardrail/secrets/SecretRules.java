package dev.weir.guardrail.secrets;

import java.util.ArrayList;
import java.util.List;

/**
 * The forms of secrets that begin with a prefix of their own, after the providers' pages (read 2026-11-24) and the keys that
 * their consoles give out. Immutable.
 *
 * <p>To add one: a line here; its id needs no other place.
 */
final class SecretRules {
  /** id, prefix, letters, fewest and most characters behind the prefix. */
  private static final String TABLE = """
      openai sk-proj- URL_SAFE 20 220
      openai sk-svcacct- URL_SAFE 20 220
      openai sk-admin- URL_SAFE 20 220
      openai sk-None- URL_SAFE 20 220
      openai sk- ALPHANUMERIC 32 64
      anthropic sk-ant- URL_SAFE 32 200
      openrouter sk-or-v1- HEX 64 64
      groq gsk_ ALPHANUMERIC 40 64
      xai xai- ALPHANUMERIC 60 100
      perplexity pplx- ALPHANUMERIC 40 64
      replicate r8_ ALPHANUMERIC 37 40
      fireworks fw_ ALPHANUMERIC 22 40
      langsmith lsv2_pt_ URL_SAFE 40 60
      langsmith lsv2_sk_ URL_SAFE 40 60
      nvidia nvapi- URL_SAFE 60 80
      huggingface hf_ ALPHANUMERIC 30 40
      huggingface api_org_ ALPHANUMERIC 30 40
      aws AKIA CAPITAL 16 16
      aws ASIA CAPITAL 16 16
      aws ABIA CAPITAL 16 16
      aws ACCA CAPITAL 16 16
      github ghp_ ALPHANUMERIC 36 36
      github gho_ ALPHANUMERIC 36 36
      github ghu_ ALPHANUMERIC 36 36
      github ghs_ ALPHANUMERIC 36 36
      github ghr_ ALPHANUMERIC 36 76
      github github_pat_ URL_SAFE 82 82
      gitlab glpat- DOTTED 20 300
      gitlab gldt- URL_SAFE 20 64
      gitlab glrt- DOTTED 20 64
      gitlab glptt- ALPHANUMERIC 40 40
      gitlab glcbt- URL_SAFE 20 64
      gitlab glft- URL_SAFE 20 64
      gitlab glsoat- URL_SAFE 20 64
      gitlab glimt- URL_SAFE 20 64
      gitlab glagent- URL_SAFE 40 64
      gitlab GR1348941 URL_SAFE 20 22
      bitbucket ATBB ALPHANUMERIC 32 36
      atlassian ATATT3 BASE64 120 240
      atlassian ATCTT3 BASE64 120 240
      slack xoxb- URL_SAFE 20 120
      slack xoxp- URL_SAFE 20 120
      slack xoxa- URL_SAFE 20 120
      slack xoxr- URL_SAFE 20 120
      slack xoxs- URL_SAFE 20 120
      slack xoxe- URL_SAFE 20 200
      slack xoxe. DOTTED 20 240
      slack xapp- URL_SAFE 30 140
      slack hooks.slack.com/services/ BASE64 40 60
      discord discord.com/api/webhooks/ BASE64 60 120
      discord discordapp.com/api/webhooks/ BASE64 60 120
      stripe sk_live_ ALPHANUMERIC 16 250
      stripe sk_test_ ALPHANUMERIC 16 250
      stripe rk_live_ ALPHANUMERIC 16 250
      stripe rk_test_ ALPHANUMERIC 16 250
      stripe whsec_ BASE64 24 64
      square sq0atp- URL_SAFE 22 22
      square sq0csp- URL_SAFE 43 43
      square EAAA URL_SAFE 60 60
      paypal access_token$production$ DOTTED 40 60
      google AIza URL_SAFE 35 35
      google GOCSPX- URL_SAFE 28 28
      google ya29. URL_SAFE 30 400
      npm npm_ ALPHANUMERIC 36 36
      pypi pypi-AgEIcHlwaS5vcmc URL_SAFE 50 400
      pypi pypi-AgENdGVzdC5weXBpLm9yZw URL_SAFE 50 400
      rubygems rubygems_ HEX 48 48
      crates cio ALPHANUMERIC 32 32
      nuget oy2 ALPHANUMERIC 43 43
      docker dckr_pat_ URL_SAFE 27 36
      docker dckr_oat_ URL_SAFE 27 36
      twilio SK HEX 32 32
      twilio AC HEX 32 32
      sendgrid SG. DOTTED 66 66
      mailgun key- HEX 32 32
      shopify shpat_ HEX 32 32
      shopify shpca_ HEX 32 32
      shopify shppa_ HEX 32 32
      shopify shpss_ HEX 32 32
      databricks dapi HEX 32 34
      digitalocean dop_v1_ HEX 64 64
      digitalocean doo_v1_ HEX 64 64
      digitalocean dor_v1_ HEX 64 64
      heroku HRKU- URL_SAFE 36 70
      newrelic NRAK- CAPITAL 27 27
      newrelic NRII- URL_SAFE 32 32
      sentry sntrys_ BASE64 60 240
      sentry sntryu_ HEX 64 64
      grafana glc_ BASE64 32 400
      grafana glsa_ URL_SAFE 41 41
      hashicorp hvs. URL_SAFE 24 140
      hashicorp hvb. URL_SAFE 90 300
      doppler dp.pt. ALPHANUMERIC 40 44
      doppler dp.st. DOTTED 40 80
      pulumi pul- HEX 40 40
      linear lin_api_ ALPHANUMERIC 40 40
      notion ntn_ ALPHANUMERIC 40 60
      airtable pat DOTTED 79 79
      figma figd_ URL_SAFE 38 60
      postman PMAK- URL_SAFE 59 59
      supabase sbp_ HEX 40 40
      planetscale pscale_tkn_ DOTTED 32 64
      planetscale pscale_pw_ DOTTED 32 64
      netlify nfp_ ALPHANUMERIC 36 40
      vercel vcp_ ALPHANUMERIC 24 64
      shippo shippo_live_ HEX 40 40
      typeform tfp_ DOTTED 59 59
      readme rdme_ ALPHANUMERIC 70 70
      alibaba LTAI ALPHANUMERIC 17 26
      tencent AKID ALPHANUMERIC 32 32
      dynatrace dt0c01. DOTTED 80 100
      easypost EZAK ALPHANUMERIC 54 54
      contentful CFPAT- URL_SAFE 43 43
      adafruit aio_ ALPHANUMERIC 28 28
      age AGE-SECRET-KEY-1 CAPITAL 58 58
      onepassword ops_eyJ BASE64 250 900
      facebook EAAC ALPHANUMERIC 100 300
      facebook EAAG ALPHANUMERIC 100 300
      """;

  private SecretRules() {}

  static List<SecretRule> all() {
    var rules = new ArrayList<SecretRule>();
    for (String line : TABLE.lines().toList()) {
      var cells = line.split(" ", -1);
      rules.add(new SecretRule(
          "secrets." + cells[0],
          cells[1],
          Letters.valueOf(cells[2]),
          Integer.parseInt(cells[3]),
          Integer.parseInt(cells[4]),
          SecretChecks.of(cells[1])));
    }
    rules.add(new SecretRule("secrets.weir", "wr-", Letters.URL_SAFE, 32, 140, SecretChecks::weir));
    return rules;
  }
}
