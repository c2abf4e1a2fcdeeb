package dev.accepted.cli.jobs;

import picocli.CommandLine.Option;

/** Whether the caller asks as an operator. */
final class WhoseOption {

    @Option(names = "--all-tenants", description = "Of whatever tenant. Needs the scope operations.")
    private boolean allTenants;

    Whose whose() {
        return allTenants ? Whose.EVERYBODYS : Whose.CALLERS;
    }
}
