package dev.accepted.reports.ledger;

import java.time.Month;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The books of one year: an amount for each department and month. Immutable. */
public final class Ledger {

    private final int year;
    private final Map<String, Map<Month, Amounts>> books;
    private final SortedSet<Month> months;

    Ledger(int year, Map<String, Map<Month, Amounts>> books) {
        this.year = year;
        this.books = Collections.unmodifiableMap(new LinkedHashMap<>(books));
        TreeSet<Month> seen = new TreeSet<>();
        books.values().forEach(byMonth -> seen.addAll(byMonth.keySet()));
        this.months = Collections.unmodifiableSortedSet(seen);
    }

    public int year() {
        return year;
    }

    /** In the order in which the ledger names them first. */
    public List<String> departments() {
        return List.copyOf(books.keySet());
    }

    /** The months for which any department has an entry. */
    public SortedSet<Month> months() {
        return months;
    }

    /** The sum of the department's entries of that month; zero if it has none. */
    public Amounts of(String department, Month month) {
        return books.getOrDefault(department, Map.of()).getOrDefault(month, Amounts.ZERO);
    }
}
