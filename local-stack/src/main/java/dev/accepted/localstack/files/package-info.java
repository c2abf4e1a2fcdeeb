/** Directory trees of the stack: what was made for one run goes with it. */
@NullMarked
package dev.accepted.localstack.files;

import org.jspecify.annotations.NullMarked;
