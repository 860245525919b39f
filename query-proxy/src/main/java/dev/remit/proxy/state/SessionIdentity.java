package dev.remit.proxy.state;

import dev.remit.catalog.model.SourceName;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.ScramVerifier;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Who is connected to which source, as the log-in found it.
///
/// @param login the name she logged in with: a user's, or a token's that stands for one
/// @param proven what her password or token was checked by; a user who was removed and added again
///   has another one under the same name
/// @param ends when the log-in is no longer good; empty for a user's password
/// @param settings what the session begins with: what RESET goes back to
/// @param id random identifier for access records
/// @param peer the client's address
public record SessionIdentity(
    Principal principal,
    String login,
    Optional<ScramVerifier> proven,
    Optional<Instant> ends,
    SourceName source,
    Map<String, String> settings,
    String id,
    String peer) {}
