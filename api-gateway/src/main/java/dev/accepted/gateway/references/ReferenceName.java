package dev.accepted.gateway.references;

import dev.accepted.gateway.problem.Problem;

/** Whose data, of which collection, under which name. */
record ReferenceName(String tenant, Collection collection, String name) {

    /** A name that its collection takes; {@link Problem} 404 for any other: nothing can be there. */
    static ReferenceName of(String tenant, Collection collection, String name) {
        if (!collection.takesName(name)) {
            throw Problem.of(
                            404,
                            "reference-not-found",
                            "Reference not found",
                            "A list's id has 1 to 128 letters, digits, dots, dashes and underscores; a ledger is of a"
                                    + " year from 1900 to 2200.")
                    .withHeader("Cache-Control", "no-store");
        }
        return new ReferenceName(tenant, collection, name);
    }

    /** Where it is read and written. */
    String path() {
        return "/" + collection.path() + "/" + name;
    }
}
