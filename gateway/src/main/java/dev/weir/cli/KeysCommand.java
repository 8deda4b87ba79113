package dev.weir.cli;

import dev.weir.identity.ApiKeyFormat;
import dev.weir.identity.KeyHasher;
import dev.weir.store.TenancyStore;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir keys}: makes keys without the admin API, and changes the encryption key. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Makes API keys, and changes the key that encrypts secrets.",
    subcommands = {
      KeysCommand.Create.class,
      KeysCommand.Generate.class,
      KeysCommand.RotateEncryption.class
    })
final class KeysCommand {
  /** {@code weir keys generate}: prints a key that is in no database, for the file to declare. */
  @Command(
      name = "generate",
      mixinStandardHelpOptions = true,
      description = "Makes a key for the configuration file to declare; nothing is stored.")
  static final class Generate implements Callable<Integer> {
    @Mixin
    private ProcessOptions options = new ProcessOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      var hasher = new KeyHasher(DatabaseAccess.secrets(options).pepperBytes());
      var key = new ApiKeyFormat(hasher).generate("live");
      spec.commandLine().getOut().print("""
          %s

          Under resources.api_keys of the configuration file, either from a variable that holds it:
            key: ${NAME}
          or without the key itself:
            public_id: %s
            hash: %s
            last4: %s
          """.formatted(
              key.text(),
              key.publicId(),
              HexFormat.of().formatHex(hasher.hash(key.text())),
              key.last4()));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  /** {@code weir keys create}: prints a fresh key, once. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes a key for a tenant, and prints it once.")
  static final class Create implements Callable<Integer> {
    @Mixin
    private ProcessOptions options = new ProcessOptions();

    @Option(names = "--tenant", required = true, description = "the tenant's name")
    private String tenant = "";

    @Option(names = "--name", required = true, description = "what the key is called")
    private String name = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      return DatabaseAccess.stores(options, stores -> {
        var store = stores.tenancy();
        var tenantId = store
            .tenantNamed(tenant)
            .orElseThrow(() -> new StartFailure(
                "there is no tenant named " + tenant + ".",
                "Names are taken as they are written; the quickstart's is Demo."));
        var key = store.createKey(
            new TenancyStore.NewKey(tenantId, Optional.empty(), Optional.empty(), name));
        spec.commandLine().getOut().println(key);
        return 0;
      });
    }
  }

  /** {@code weir keys rotate-encryption}: brings what is sealed under the configured key. */
  @Command(
      name = "rotate-encryption",
      mixinStandardHelpOptions = true,
      description = {
        "Brings all secrets in the database under WEIR_ENCRYPTION_KEY.",
        "Before: start all instances with the new key as WEIR_ENCRYPTION_KEY and the old one as"
            + " WEIR_ENCRYPTION_KEY_PREVIOUS. After: take the old one away. It may be stopped and"
            + " run again."
      })
  static final class RotateEncryption implements Callable<Integer> {
    @Mixin
    private ProcessOptions options = new ProcessOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      return DatabaseAccess.stores(options, stores -> {
        var moved = stores.rotation().run();
        spec.commandLine()
            .getOut()
            .println(
                "weir: all secrets are under WEIR_ENCRYPTION_KEY; " + moved
                    + " credentials were moved.\n      WEIR_ENCRYPTION_KEY_PREVIOUS is of no more use.");
        return 0;
      });
    }
  }
}
