package dev.accepted.reports;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.accepted.reports.pdf.PdfRenderer;
import java.awt.Color;

@AnalyzeClasses(packagesOf = GenerateReport.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** A layer that has no class fails the rule, so a package that was renamed does not go unwatched. */
    @ArchTest
    static final ArchRule aReportGoesFromLedgerToFile = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.accepted.reports..")
            .layer("ledger")
            .definedBy("dev.accepted.reports.ledger")
            .layer("figures")
            .definedBy("dev.accepted.reports.figures")
            .layer("rendering")
            .definedBy("dev.accepted.reports.rendering")
            .layer("pdf")
            .definedBy("dev.accepted.reports.pdf")
            .layer("job")
            .definedBy("dev.accepted.reports")
            .whereLayer("job")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("pdf")
            .mayOnlyBeAccessedByLayers("job")
            .whereLayer("rendering")
            .mayOnlyBeAccessedByLayers("job", "pdf")
            .whereLayer("figures")
            .mayOnlyBeAccessedByLayers("job", "pdf", "rendering");

    @ArchTest
    static final ArchRule onlyThePdfPackageKnowsThePdfLibrary = noClasses()
            .that()
            .resideOutsideOfPackage(PdfRenderer.class.getPackageName())
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.lowagie..");

    @ArchTest
    static final ArchRule figuresAreComputedWithoutInputOrOutput = noClasses()
            .that()
            .resideInAPackage("dev.accepted.reports.figures")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io", "java.nio..");

    @ArchTest
    static final ArchRule ofAwtOnlyTheColourIsUsed = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("java.awt..").and(not(equivalentTo(Color.class))));
}
