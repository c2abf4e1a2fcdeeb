/** What the tests of the request side share: a running gateway, workers that announce, tokens, a view into the log. */
@NullMarked
package dev.accepted.gateway.http;

import org.jspecify.annotations.NullMarked;
