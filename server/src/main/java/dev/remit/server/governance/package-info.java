/// Governance files: the catalog's and the policy engine's parts of one document.
///
/// Enters: YAML or Ranger JSON. Leaves: a plan, or a change in force. Guaranteed: both parts come
/// into force together or not at all.
@NullMarked
package dev.remit.server.governance;

import org.jspecify.annotations.NullMarked;
