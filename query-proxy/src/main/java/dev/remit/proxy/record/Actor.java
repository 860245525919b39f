package dev.remit.proxy.record;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.SourceName;
import java.util.Optional;

/// On whose behalf statements run, as every access record says it.
///
/// @param token id of the token she logged in with; the entry that issued it says who did
/// @param session random identifier of the connection
/// @param peer address of the client
public record Actor(
    String principal,
    Optional<String> token,
    SourceName source,
    Optional<PurposeCode> purpose,
    String session,
    String peer) {}
