/// The administration interface `/api/v1`: each operation of api/openapi.yaml, bound once.
///
/// Enters: JSON with a bearer token. Leaves: JSON, or a problem document. Guaranteed: an operation
/// runs only for the roles that stand beside it; the rest is refused before anything is read.
@NullMarked
package dev.remit.server.http;

import org.jspecify.annotations.NullMarked;
