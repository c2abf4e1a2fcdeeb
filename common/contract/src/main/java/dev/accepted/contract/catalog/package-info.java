/**
 * What a worker announces about its job types on {@code jobs.catalog}, and all the gateway knows of them.
 *
 * <p>Invariant: a descriptor is whole and self-contained; the gateway validates, routes and documents by it alone.
 */
@NullMarked
package dev.accepted.contract.catalog;

import org.jspecify.annotations.NullMarked;
