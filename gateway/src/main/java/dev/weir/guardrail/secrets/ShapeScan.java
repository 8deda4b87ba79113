package dev.weir.guardrail.secrets;

import java.util.ArrayList;
import java.util.List;

/** A form of secret that has a beginning and needs more than a run of letters to be known. Immutable. */
interface ShapeScan {
  String id();

  /** What it begins with, or what stands at its telling place. */
  String opener();

  /** Looks around a place where the opener stands. */
  void look(String text, int at, Spans spans);

  static List<ShapeScan> all() {
    var all = new ArrayList<ShapeScan>();
    all.add(new JwtScan());
    all.add(new PemScan());
    all.add(new AzureScan("AccountKey="));
    all.add(new AzureScan("SharedAccessKey="));
    all.add(new AzureScan("Q~"));
    all.add(new TelegramScan());
    all.add(new AwsSecretScan("secret_access_key"));
    all.add(new AwsSecretScan("SECRET_ACCESS_KEY"));
    all.add(new AwsSecretScan("secretAccessKey"));
    all.add(new AwsSecretScan("SecretAccessKey"));
    all.add(new ConnectionScan("://"));
    all.add(new ConnectionScan("Password="));
    all.add(new ConnectionScan("Pwd="));
    all.add(new ConnectionScan("password="));
    all.add(new ConnectionScan("PWD="));
    return List.copyOf(all);
  }
}
