package dev.accepted.reports.figures;

import dev.accepted.engine.PermanentFailure;
import dev.accepted.reports.ledger.Amounts;
import dev.accepted.reports.ledger.Ledger;
import java.time.Instant;
import java.time.Month;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that a report shows.
 *
 * @param total all its departments together
 * @param departments in the order asked for, else the ledger's
 * @param trend of the total
 * @param missing the period's months for which the ledger has no entry of any department
 * @param generatedAt when it was computed
 */
public record FinancialReport(
        ReportPeriod period,
        Account total,
        List<Account> departments,
        Trend trend,
        List<Month> missing,
        Instant generatedAt) {

    private static final int NAMES_IN_A_MESSAGE = 20;

    private static final Comparator<Account> BY_PROFIT =
            Comparator.comparing(account -> account.sum().profit());

    /**
     * Computes a report.
     *
     * @param wanted the departments to show; empty: all that the ledger has
     * @throws PermanentFailure the ledger lacks a department, or has nothing for the whole period
     */
    public static FinancialReport of(Ledger ledger, ReportPeriod period, List<String> wanted, Instant now) {
        List<String> shown = wanted.isEmpty() ? ledger.departments() : wanted;
        requireKnown(shown, ledger);
        List<Month> missing = period.months().stream()
                .filter(month -> !ledger.months().contains(month))
                .toList();
        requireEntries(missing, ledger, period);
        List<Account> departments = shown.stream()
                .map(name -> Account.of(name, period, ledger.months(), month -> ledger.of(name, month)))
                .toList();
        Account total = Account.of(
                "All departments",
                period,
                ledger.months(),
                month -> shown.stream().map(name -> ledger.of(name, month)).reduce(Amounts.ZERO, Amounts::plus));
        return new FinancialReport(period, total, departments, Trend.of(total.months()), missing, now);
    }

    /** The department with the highest profit; absent where none stands out. */
    public Optional<Account> best() {
        return standsOut() ? departments.stream().max(BY_PROFIT) : Optional.empty();
    }

    /** The department with the lowest profit; absent where none stands out. */
    public Optional<Account> worst() {
        return standsOut() ? departments.stream().min(BY_PROFIT) : Optional.empty();
    }

    private boolean standsOut() {
        Account first = departments.get(0);
        return departments.stream().anyMatch(other -> BY_PROFIT.compare(first, other) != 0);
    }

    private static void requireKnown(List<String> wanted, Ledger ledger) {
        List<String> known = ledger.departments();
        List<String> unknown = wanted.stream()
                .filter(name -> !known.contains(name))
                .map(name -> '"' + name + '"')
                .toList();
        if (!unknown.isEmpty()) {
            throw new PermanentFailure("The ledger for the year %d has no %s %s; it has %s. Submit again with those."
                    .formatted(
                            ledger.year(),
                            unknown.size() == 1 ? "department" : "departments",
                            Listing.of(unknown, NAMES_IN_A_MESSAGE),
                            Listing.of(known, NAMES_IN_A_MESSAGE)));
        }
    }

    private static void requireEntries(List<Month> missing, Ledger ledger, ReportPeriod period) {
        if (missing.size() == period.months().size()) {
            throw new PermanentFailure(
                    ("The ledger for the year %d has no entries for the period asked for; load one that has with"
                                    + " PUT /ledgers/%d and submit again.")
                            .formatted(ledger.year(), ledger.year()));
        }
    }
}
