/** Real processes only: what this module promises is about them. */
@NullMarked
package dev.accepted.localstack.process;

import org.jspecify.annotations.NullMarked;
