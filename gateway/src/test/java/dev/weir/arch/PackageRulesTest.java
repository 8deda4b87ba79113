package dev.weir.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The import rules of the house, each with its reason. */
class PackageRulesTest {
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
  void packages_have_no_cycles() {
    slices()
        .matching("dev.weir.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a cycle makes two packages one that pretends to be two")
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
