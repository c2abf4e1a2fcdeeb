package dev.accepted.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The arrows between the modules. */
@AnalyzeClasses(locations = Tree.MainClasses.class)
class ArchitectureTest {

    private static final String CONTRACT = "dev.accepted.contract";
    private static final String STORE = "dev.accepted.store";
    private static final String OBJECTS = "dev.accepted.objects";
    private static final String GATEWAY = "dev.accepted.gateway";
    private static final String ENGINE = "dev.accepted.engine";
    private static final String LOCAL_STACK = "dev.accepted.localstack";
    private static final String CLI = "dev.accepted.cli";

    private static final Pattern PACKAGE = Pattern.compile("dev\\.accepted(\\.[a-z]+)+");

    @ArchTest
    static final ArchRule theContractIsJavaAndJacksonAlone = classes()
            .that()
            .resideInAPackage(CONTRACT + "..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    CONTRACT + "..",
                    "java.io",
                    "java.lang..",
                    "java.nio",
                    "java.nio.charset",
                    "java.security..",
                    "java.time..",
                    "java.util..",
                    "javax.crypto..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule theContractHasNeitherClockNorChanceOfItsOwn = noClasses()
            .that()
            .resideInAPackage(CONTRACT + "..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule sqlIsWrittenInTheStoreAlone = noClasses()
            .that()
            .resideOutsideOfPackages(STORE + "..", LOCAL_STACK + "..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Statement.class, PreparedStatement.class);

    @ArchTest
    static void whatIsSharedKnowsNobodyWhoSharesIt(JavaClasses all) {
        mayKnow(CONTRACT).check(all);
        mayKnow(OBJECTS).check(all);
        mayKnow(STORE, CONTRACT).check(all);
    }

    @ArchTest
    static void gatewayAndEngineMeetInTheContractAlone(JavaClasses all) {
        mayKnow(GATEWAY, CONTRACT, STORE, OBJECTS).check(all);
        mayKnow(ENGINE, CONTRACT, STORE, OBJECTS).check(all);
    }

    @ArchTest
    static void theCommandKnowsTheSystemFromOutside(JavaClasses all) {
        mayKnow(LOCAL_STACK).check(all);
        mayKnow(CLI, LOCAL_STACK).check(all);
    }

    /** Of the engine the package itself and nothing below it: that is the library's whole surface. */
    @ArchTest
    static void aWorkerSeesWhatTheEngineShowsAndNoOtherWorker(JavaClasses all) {
        for (String worker : workers()) {
            noClasses()
                    .that()
                    .resideInAPackage(worker + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.accepted..")
                            .and(not(resideInAnyPackage(worker + "..", ENGINE, CONTRACT + ".."))))
                    .check(all);
        }
    }

    @ArchTest
    static void everyPackageNamedHereExists(JavaClasses all) {
        Stream.concat(Stream.of(CONTRACT, STORE, OBJECTS, GATEWAY, ENGINE, LOCAL_STACK, CLI), workers().stream())
                .forEach(name -> assertTrue(
                        all.containPackage(name), name + " is named in a rule, but there is no such package"));
    }

    @ArchTest
    static void everyPackageOnTheMapExists(JavaClasses all) {
        Set<String> lost = PACKAGE.matcher(Tree.read("ARCHITECTURE.md"))
                .results()
                .map(MatchResult::group)
                .filter(name -> !all.containPackage(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), lost, "ARCHITECTURE.md sends people to packages that are not there");
    }

    @ArchTest
    static final ArchRule aPackageIsNamedForItsDuty = noClasses()
            .should()
            .resideInAnyPackage(
                    "dev.accepted..util..",
                    "dev.accepted..helper..",
                    "dev.accepted..impl..",
                    "dev.accepted..model..",
                    "dev.accepted..dto..",
                    "dev.accepted..service..",
                    "dev.accepted..manager..");

    @ArchTest
    static void everyPackageSaysItsDuty(JavaClasses all) {
        Set<String> silent = all.getPackage("dev.accepted").getSubpackagesInTree().stream()
                .filter(found -> !found.getClasses().isEmpty())
                .filter(found -> found.tryGetPackageInfo().isEmpty())
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), silent, "packages without a package-info.java");
    }

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = noFields()
            .should()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty");

    private static ArchRule mayKnow(String from, String... to) {
        String[] known = Stream.concat(Stream.of(from), Stream.of(to))
                .map(name -> name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(from + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.accepted..").and(not(resideInAnyPackage(known))));
    }

    private static List<String> workers() {
        return Tree.workers().stream()
                .map(module -> module.replace("worker/", "dev.accepted."))
                .toList();
    }
}
