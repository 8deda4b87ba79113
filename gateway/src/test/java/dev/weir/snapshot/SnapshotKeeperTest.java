package dev.weir.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.profile.BuiltInProfiles;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.it.TestPostgres;
import dev.weir.provider.Credential;
import dev.weir.provider.Provider;
import dev.weir.provider.RemoteProvider;
import dev.weir.routing.TargetHealth;
import dev.weir.store.ChangeFeed;
import dev.weir.store.Database;
import dev.weir.store.DatabaseUrl;
import dev.weir.store.DocumentStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotKeeperTest {
  private final DatabaseUrl url = TestPostgres.migrated();
  private final Database database = Database.open(url, Database.Settings.DEFAULT, Optional.empty());
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<Duration> rebuilds = new CopyOnWriteArrayList<>();
  private final SnapshotKeeper keeper = new SnapshotKeeper(
      new DocumentStore(database, (envelope, _) -> envelope),
      List.of(new RemoteProvider("file", URI.create("http://file"), "", List.of("m"))),
      SnapshotKeeperTest::provider,
      ProfileBook.of(List.of(), new BuiltInProfiles(Detectors.builtIn()), Optional.empty()),
      TargetHealth.UNKNOWN,
      Clock.systemUTC(),
      new SnapshotKeeper.Observer() {
        @Override
        public void published(Snapshot snapshot, Duration took) {
          rebuilds.add(took);
        }

        @Override
        public void failed(Document document, String reason) {
          failures.add(document.kind() + " " + document.id() + ": " + reason);
        }
      });
  private Optional<ChangeFeed> feed = Optional.empty();

  @BeforeEach
  void two_tenants() {
    run("INSERT INTO tenants (id, name) VALUES ('a', 'A'), ('b', 'B')");
    run("INSERT INTO guardrail_profiles (id, tenant_id, name) VALUES ('p', 'a', 'strict')");
  }

  @AfterEach
  void close() {
    feed.ifPresent(ChangeFeed::close);
    keeper.close();
    database.close();
  }

  @Test
  void the_first_snapshot_has_all_that_stands_in_the_database() {
    start();
    assertThat(current().version()).isEqualTo(3);
    assertThat(profiles("a")).extracting(Document.Profile::name).containsExactly("strict");
    assertThat(profiles("b")).isEmpty();
    assertThat(current().catalogue().providers())
        .extracting(Provider::name)
        .containsExactly("file");
  }

  @Test
  void a_change_of_one_tenant_is_seen_and_leaves_the_others_as_they_are() {
    run("INSERT INTO guardrail_profiles (id, tenant_id, name) VALUES ('q', 'b', 'lax')");
    start();
    var before = current().tenant("b");
    run("UPDATE guardrail_profiles SET name = 'stricter', version = 2 WHERE id = 'p'");
    await().until(() -> current().version() == 5);
    assertThat(profiles("a")).extracting(Document.Profile::name).containsExactly("stricter");
    assertThat(current().tenant("b")).isSameAs(before);
  }

  @Test
  void what_is_deleted_or_switched_off_is_gone() {
    start();
    run("UPDATE guardrail_profiles SET deleted_at = now()");
    await().until(() -> profiles("a").isEmpty());
  }

  @Test
  void a_policy_is_bound_when_any_level_names_it() {
    run("INSERT INTO routing_policies (id, tenant_id, name, strategy)"
        + " VALUES ('r1', 'a', 'x', '{}'), ('r2', 'a', 'y', '{}')");
    run(
        "INSERT INTO api_keys (id, tenant_id, name, public_id, secret_hash, last4, routing_policy_id)"
            + " VALUES ('k', 'a', 'k', 'pub', decode(repeat('00', 32), 'hex'), '', 'r2')");
    start();
    assertThat(current().tenant("a").documents().policies())
        .extracting(Document.Policy::bound)
        .containsExactly(false, true);
    run("UPDATE api_keys SET routing_policy_id = NULL");
    await()
        .until(() -> current().tenant("a").documents().policies().stream()
            .noneMatch(Document.Policy::bound));
  }

  @Test
  void providers_of_the_database_join_those_of_the_file_without_a_restart() {
    start();
    run("""
        INSERT INTO providers (id, name, type, base_url) VALUES ('v', 'vendor', 'openai', 'http://v');
        INSERT INTO provider_credentials (id, provider_id, sealed, last4) VALUES ('c', 'v', 'secret', 'cret');
        INSERT INTO models (id, provider_id, name) VALUES ('m', 'v', 'm1');
        INSERT INTO prices VALUES ('m', now(), 1, 2)
        """);
    await().until(() -> current().version() == 7);
    assertThat(current().catalogue().targets())
        .extracting(target -> target.id())
        .containsExactly("file/m", "vendor/m1");
    assertThat(current().catalogue().providers())
        .filteredOn(provider -> provider.name().equals("vendor"))
        .flatExtracting(provider -> ((RemoteProvider) provider).credentials())
        .containsExactly(new Credential("c", "secret"));
    run("INSERT INTO models (id, provider_id, name) VALUES ('n', 'v', 'm2')");
    await().until(() -> current().catalogue().targets().size() == 3);
    run("UPDATE providers SET active = false");
    await().until(() -> current().catalogue().providers().size() == 1);
  }

  @Test
  void a_provider_that_cannot_be_made_stays_as_it_was() {
    run(
        "INSERT INTO providers (id, name, type, base_url) VALUES ('v', 'vendor', 'openai', 'http://v')");
    start();
    run("UPDATE providers SET base_url = 'nonsense'");
    await().until(() -> current().version() == 5);
    assertThat(current().catalogue().providers()).hasSize(2);
    assertThat(failures).singleElement().asString().startsWith("provider v: ");
  }

  @Test
  void the_file_keeps_its_names() {
    run(
        "INSERT INTO providers (id, name, type, base_url) VALUES ('v', 'file', 'openai', 'http://v')");
    start();
    assertThat(current().catalogue().providers()).hasSize(1);
    assertThat(failures).hasSize(1);
  }

  @Test
  void many_rows_at_once_are_one_change() {
    start();
    run("INSERT INTO guardrail_profiles (id, tenant_id, name)"
        + " SELECT 'g' || n, 'b', 'g' || n FROM generate_series(1, 500) n");
    await().until(() -> profiles("b").size() == 500);
    assertThat(current().version()).isEqualTo(4);
  }

  private void start() {
    keeper.start();
    feed = Optional.of(ChangeFeed.start(database, current().version(), keeper));
  }

  private Snapshot current() {
    return keeper.snapshots().current();
  }

  private List<Document.Profile> profiles(String tenant) {
    return current().tenant(tenant).documents().profiles();
  }

  private void run(String sql) {
    TestPostgres.execute(url, sql);
  }

  private static Provider provider(Document.ProviderRow row) {
    if (!row.baseUrl().startsWith("http")) {
      throw new IllegalArgumentException("no URL");
    }
    return new RemoteProvider(
        row.name(),
        URI.create(row.baseUrl()),
        row.credentials().stream()
            .map(one -> new Credential(one.id(), one.secret()))
            .toList(),
        row.models().stream().map(Document.ModelRow::name).toList(),
        dev.weir.provider.Reach.PUBLIC,
        dev.weir.provider.OpenAiTranslator.INSTANCE);
  }
}
