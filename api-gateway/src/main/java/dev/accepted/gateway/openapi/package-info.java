/**
 * The OpenAPI document: what is always served (the resource {@code openapi/base.json}) and the catalog's types as they
 * are now.
 *
 * <p>Invariant: a type is in the document if and only if it can be submitted.
 */
@NullMarked
package dev.accepted.gateway.openapi;

import org.jspecify.annotations.NullMarked;
