/** Real processes only: what this module promises is about them. */
@NullMarked
package dev.accepted.localstack.mail;

import org.jspecify.annotations.NullMarked;
