/** Section 6 of the wire contract as a table, and the test that sends every row of it over a socket. */
@NullMarked
package dev.accepted.gateway.badinput;

import org.jspecify.annotations.NullMarked;
