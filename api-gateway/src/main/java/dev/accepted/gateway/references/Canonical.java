package dev.accepted.gateway.references;

import java.util.List;

/**
 * Reference data in the one form in which it is stored and handlers read it.
 *
 * @param content its bytes
 * @param entries number of rows
 * @param columns names of the columns, in order
 */
record Canonical(byte[] content, long entries, List<String> columns) {}
