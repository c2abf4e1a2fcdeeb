@NullMarked
package dev.accepted.gateway.queues;

import org.jspecify.annotations.NullMarked;
