/// Other people's client libraries against the proxy: each runs its own script and says what it
/// saw.
///
/// Enters: scripts under `src/test/clients`. Leaves: nothing but failures. Guaranteed: the
/// libraries are the published ones, in the versions that the folder names.
@NullMarked
package dev.remit.server.clients;

import org.jspecify.annotations.NullMarked;
