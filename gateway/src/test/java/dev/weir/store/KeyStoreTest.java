package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.identity.KeyRecord;
import dev.weir.identity.Level;
import dev.weir.it.TestPostgres;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyStoreTest {
  private final DatabaseUrl url = TestPostgres.migrated();
  private final Database database = Database.open(url, Database.Settings.DEFAULT, Optional.empty());

  @BeforeEach
  void seed() {
    TestPostgres.execute(url, """
        INSERT INTO tenants (id, name) VALUES ('ten', 'T');
        INSERT INTO guardrail_profiles (id, tenant_id, name)
          VALUES ('p_ten', 'ten', 'a'), ('p_key', 'ten', 'b');
        INSERT INTO routing_policies (id, tenant_id, name, strategy) VALUES ('r_dep', 'ten', 'c', '{}');
        UPDATE tenants SET guardrail_profile_id = 'p_ten';
        INSERT INTO departments (id, tenant_id, name, routing_policy_id)
          VALUES ('dep', 'ten', 'D', 'r_dep');
        INSERT INTO teams (id, tenant_id, department_id, name) VALUES ('team', 'ten', 'dep', 'M');
        INSERT INTO api_keys (id, tenant_id, department_id, team_id, name, public_id, secret_hash,
                              last4, guardrail_profile_id) VALUES
          ('k1', 'ten', 'dep', 'team', 'k', 'under-team', decode(repeat('00', 32), 'hex'), '', 'p_key'),
          ('k2', 'ten', 'dep', NULL, 'k', 'under-department', decode(repeat('00', 32), 'hex'), '', NULL),
          ('k3', 'ten', NULL, NULL, 'k', 'under-tenant', decode(repeat('00', 32), 'hex'), '', NULL)
        """);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_key_under_a_team_has_four_levels_each_with_what_it_names() {
    assertThat(find("under-team").principal().levels())
        .containsExactly(
            level(Level.Kind.KEY, "k1", Optional.of("p_key"), Optional.empty()),
            level(Level.Kind.TEAM, "team", Optional.empty(), Optional.empty()),
            level(Level.Kind.DEPARTMENT, "dep", Optional.empty(), Optional.of("r_dep")),
            level(Level.Kind.TENANT, "ten", Optional.of("p_ten"), Optional.empty()));
  }

  @Test
  void levels_that_a_key_does_not_hang_under_are_left_out() {
    assertThat(find("under-department").principal().levels())
        .extracting(Level::id)
        .containsExactly("k2", "dep", "ten");
    assertThat(find("under-department").principal().teamId()).isEmpty();
    assertThat(find("under-tenant").principal().levels())
        .extracting(Level::id)
        .containsExactly("k3", "ten");
  }

  private KeyRecord find(String publicId) {
    return new KeyStore(database).find(publicId).found().orElseThrow();
  }

  private static Level level(
      Level.Kind kind, String id, Optional<String> profile, Optional<String> policy) {
    return new Level(kind, id, profile, policy);
  }
}
