package dev.remit.server.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Imports point one way, through each module's door, and never round in a circle.
///
/// A module's door is its root package and `model`. `platform` has no domain word and is open;
/// `examples` is the sample's own.
class ArchitectureTest {
  /// No part of the product: it times single stages and prints what it finds.
  private static final String MEASUREMENTS = "dev.remit.bench..";

  /// From the bottom up: a module may import only from those before it.
  private static final List<String> ORDER =
      List.of("platform", "evidence", "catalog", "sql", "policy", "proxy", "examples", "server");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .withImportOption(location -> !location.contains("/test/"))
          .importPackages("dev.remit");

  @Test
  void importsPointOneWay() {
    for (int i = 0; i < ORDER.size() - 1; i++) {
      String[] above =
          ORDER.subList(i + 1, ORDER.size()).stream()
              .map(module -> "dev.remit." + module + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("dev.remit." + ORDER.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above)
          .check(CLASSES);
    }
  }

  @Test
  void aModuleIsEnteredByItsDoorOnly() {
    for (String module : List.of("evidence", "catalog", "sql", "policy", "proxy", "server")) {
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.remit." + module + "..", MEASUREMENTS)
          .should()
          .dependOnClassesThat(behindTheDoorOf(module))
          .check(CLASSES);
    }
  }

  @Test
  void noPackageDependsOnItselfThroughOthers() {
    slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothingIsStaticAndChangesAndNothingIsPrintedOutsideTheCommandLine() {
    noFields()
        .that()
        .areStatic()
        .and(new Written())
        .should()
        .notBeFinal()
        .because("one process may host several tenants")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.remit.server.command..", "dev.remit.sql.parser..", MEASUREMENTS)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> behindTheDoorOf(String module) {
    String root = "dev.remit." + module;
    return DescribedPredicate.describe(
        "stages of " + module,
        type ->
            type.getPackageName().startsWith(root + ".")
                && !type.getPackageName().equals(root + ".model")
                && !type.getPackageName().startsWith(root + ".model."));
  }

  /// Fields that a person wrote; the parser generator's own are not ours to shape.
  private static final class Written extends DescribedPredicate<JavaField> {
    Written() {
      super("written by hand");
    }

    @Override
    public boolean test(JavaField field) {
      return !field.getOwner().getPackageName().contains(".parser.generated")
          && !field.getOwner().getPackageName().startsWith("dev.remit.sql.parser");
    }
  }

  /// Every package is a slice; generated jOOQ code refers to itself by design.
  private static final class Packages implements SliceAssignment {
    private static final Set<String> GENERATED = Set.of("db", "tables");

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      boolean generated =
          !name.startsWith("dev.remit.platform")
              && GENERATED.contains(name.substring(name.lastIndexOf('.') + 1));
      return generated ? SliceIdentifier.ignore() : SliceIdentifier.of(name);
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
