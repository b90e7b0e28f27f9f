package io.hubbub.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The modules share the contract in api, and nothing else. */
@AnalyzeClasses(packages = "io.hubbub", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String API = "io.hubbub.api..";
  private static final String HISTORY = "io.hubbub.history..";
  private static final String CHAT = "io.hubbub.chat..";
  private static final String PRESENCE = "io.hubbub.presence..";
  private static final String CLUSTER = "io.hubbub.cluster..";
  private static final String SERVER = "io.hubbub.server..";

  @ArchTest
  static final ArchRule apiKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage(API)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLUSTER, HISTORY, CHAT, PRESENCE, SERVER);

  @ArchTest
  static final ArchRule joiningKnowsOnlyTheApi =
      noClasses()
          .that()
          .resideInAPackage(CLUSTER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HISTORY, CHAT, PRESENCE, SERVER);

  @ArchTest
  static final ArchRule historyKnowsOnlyTheApi =
      noClasses()
          .that()
          .resideInAPackage(HISTORY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLUSTER, CHAT, PRESENCE, SERVER);

  @ArchTest
  static final ArchRule chatKnowsOnlyTheApi =
      noClasses()
          .that()
          .resideInAPackage(CHAT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLUSTER, HISTORY, PRESENCE, SERVER);

  @ArchTest
  static final ArchRule presenceKnowsOnlyTheApi =
      noClasses()
          .that()
          .resideInAPackage(PRESENCE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLUSTER, HISTORY, CHAT, SERVER);

  @ArchTest
  static final ArchRule oneClassUsesWhatIsInternalToVertx =
      classes()
          .that(useInternals())
          .should()
          .haveSimpleName("WebSocketUpgrade")
          .orShould()
          .haveSimpleNameStartingWith("WebSocketUpgrade$")
          .allowEmptyShould(true)
          .because("it may change in any release, so it stays in one place");

  @ArchTest
  static final ArchRule databaseDriversAreUsedByTheSchemaAndTheStartAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.hubbub.history.db..", "io.hubbub.server.database..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..")
          .because("they block");

  private static DescribedPredicate<JavaClass> useInternals() {
    return DescribedPredicate.describe(
        "use internals of Vert.x",
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .anyMatch(
                    name ->
                        name.startsWith("io.vertx.")
                            && (name.contains(".impl") || name.contains(".internal"))));
  }
}
