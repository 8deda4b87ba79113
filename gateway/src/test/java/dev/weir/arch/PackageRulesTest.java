package dev.weir.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The import rules of the house, each with its reason. */
class PackageRulesTest {
  private static final String[] DATA_PLANE = {
    "dev.weir.protocol..",
    "dev.weir.pipeline..",
    "dev.weir.http..",
    "dev.weir.identity..",
    "dev.weir.limit..",
    "dev.weir.guardrail..",
    "dev.weir.routing..",
    "dev.weir.upstream..",
    "dev.weir.provider..",
    "dev.weir.usage..",
    "dev.weir.telemetry..",
    "dev.weir.snapshot..",
    "dev.weir.redis.."
  };

  private static final JavaClasses HOUSE = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("dev.weir");

  @Test
  void protocol_imports_nothing_of_ours() {
    noClasses()
        .that()
        .resideInAPackage("dev.weir.protocol..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.weir.provider..",
            "dev.weir.upstream..",
            "dev.weir.pipeline..",
            "dev.weir.http..",
            "dev.weir.identity..",
            "dev.weir.routing..",
            "dev.weir.telemetry..",
            "dev.weir.store..")
        .because(
            "wire formats are facts of the outside world and must be readable and testable alone")
        .check(HOUSE);
  }

  @Test
  void the_data_plane_knows_no_store_no_admin_and_no_configuration() {
    noClasses()
        .that()
        .resideInAnyPackage(DATA_PLANE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.weir.store..",
            "dev.weir.admin..",
            "dev.weir.config..",
            "dev.weir.cli..",
            "java.sql..")
        .because("a request must never wait for what it does not need")
        .check(HOUSE);
  }

  @Test
  void sql_stands_in_the_store() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.weir.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.postgresql..")
        .because("statements are found, explained and counted in one place")
        .check(HOUSE);
  }

  @Test
  void the_server_library_stands_in_http_and_the_client_in_upstream() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.weir.http..", "dev.weir.upstream..", "dev.weir")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..")
        .because("a change of library must be a change of one package")
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAPackage("dev.weir.http..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("io\\.vertx\\.core\\.http\\.HttpClient.*")
        .because("only upstream talks to providers")
        .check(HOUSE);
  }

  @Test
  void the_metrics_library_stands_in_telemetry() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.weir.telemetry..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..")
        .because("names and labels are a contract, kept in one place")
        .check(HOUSE);
  }

  @Test
  void the_client_of_redis_stands_in_redis() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.weir.redis..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.lettuce..")
        .because("a Redis that hangs must be survived in one place")
        .check(HOUSE);
  }

  @Test
  void the_environment_is_read_in_config() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.weir.config..")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .because("what a process depends on must be found in one place")
        .check(HOUSE);
  }

  @Test
  void the_time_comes_from_a_clock() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("a test must be able to say what time it is: take a " + Clock.class.getName())
        .check(HOUSE);
  }

  @Test
  void fields_say_map_and_not_which_map() {
    noFields()
        .that()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("dev.weir.protocol..")
        .should()
        .haveRawType(java.util.HashMap.class)
        .because("what a field promises is " + Map.class.getName()
            + "; who writes to it is decided where it is made")
        .check(HOUSE);
  }

  @Test
  void packages_have_no_cycles() {
    slices()
        .matching("dev.weir.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a cycle makes two packages one that pretends to be two")
        .check(HOUSE);
  }

  @Test
  void a_vendors_folder_imports_no_other_vendors() {
    slices()
        .matching("dev.weir.provider.(*)..")
        .should()
        .notDependOnEachOther()
        .because("a vendor is added and taken away as one folder")
        .check(HOUSE);
  }

  @Test
  void names_say_what_a_thing_is() {
    classes()
        .should()
        .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl|Processor|Data|Info)")
        .because("these endings name no thing; the field's own term does")
        .check(HOUSE);
  }
}
