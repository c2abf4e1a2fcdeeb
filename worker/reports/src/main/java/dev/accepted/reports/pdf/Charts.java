package dev.accepted.reports.pdf;

/** Whether a PDF shows its figures as pictures too. */
public enum Charts {
    DRAWN,
    LEFT_OUT
}
