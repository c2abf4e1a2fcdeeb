/** Who calls: a verified token's tenant and scopes, or an anonymous client where the deployment allows such. */
@NullMarked
package dev.accepted.gateway.security;

import org.jspecify.annotations.NullMarked;
