package dev.accepted.reports.figures;

import dev.accepted.reports.ledger.Amounts;
import java.time.Month;
import java.util.Optional;

/** One month; the change is since the month before, if the ledger has that. */
public record MonthFigures(Month month, Amounts amounts, Optional<Change> change) {}
