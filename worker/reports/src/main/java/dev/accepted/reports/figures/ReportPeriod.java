package dev.accepted.reports.figures;

import java.time.Month;
import java.util.List;
import java.util.stream.Stream;

/** The stretch of time that a report is about. */
public sealed interface ReportPeriod {

    int year();

    List<Month> months();

    /** The quarters to compare, 1 to 4, in order. */
    List<Integer> comparedQuarters();

    /** The report's heading, for example {@code Annual Financial Report 2023}. */
    String title();

    /** What a file of it is called, without its extension, for example {@code annual-financial-2023}. */
    String fileStem();

    /** A calendar year, quarter by quarter. */
    record Year(int year) implements ReportPeriod {
        @Override
        public List<Month> months() {
            return List.of(Month.values());
        }

        @Override
        public List<Integer> comparedQuarters() {
            return List.of(1, 2, 3, 4);
        }

        @Override
        public String title() {
            return "Annual Financial Report " + year;
        }

        @Override
        public String fileStem() {
            return "annual-financial-" + year;
        }
    }

    /**
     * A quarter of a calendar year, beside the one before it: a ledger holds one year, so the first has none.
     *
     * @param quarter 1 to 4
     */
    record Quarter(int year, int quarter) implements ReportPeriod {
        public Quarter {
            if (quarter < 1 || quarter > 4) {
                throw new IllegalArgumentException("A year has the quarters 1 to 4, not " + quarter);
            }
        }

        @Override
        public List<Month> months() {
            return Stream.of(Month.values())
                    .filter(month -> quarterOf(month) == quarter)
                    .toList();
        }

        @Override
        public List<Integer> comparedQuarters() {
            return quarter == 1 ? List.of(1) : List.of(quarter - 1, quarter);
        }

        @Override
        public String title() {
            return "Quarterly Financial Report Q%d %d".formatted(quarter, year);
        }

        @Override
        public String fileStem() {
            return "quarterly-financial-%d-q%d".formatted(year, quarter);
        }
    }

    static int quarterOf(Month month) {
        return (month.getValue() + 2) / 3;
    }
}
