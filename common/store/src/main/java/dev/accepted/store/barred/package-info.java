/** Who is not let in: suspended tenants, revoked tokens. The one table of the gateways that is no view of the log. */
@NullMarked
package dev.accepted.store.barred;

import org.jspecify.annotations.NullMarked;
