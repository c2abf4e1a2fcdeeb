/** Real processes only: what this module promises is about them. */
@NullMarked
package dev.accepted.localstack.postgres;

import org.jspecify.annotations.NullMarked;
