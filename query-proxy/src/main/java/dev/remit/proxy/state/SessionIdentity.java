package dev.remit.proxy.state;

import dev.remit.catalog.model.SourceName;
import dev.remit.policy.model.Principal;
import java.util.Map;

/// Who is connected to which source, as the log-in found it.
///
/// @param settings what the session begins with: what RESET goes back to
/// @param id random identifier for access records
/// @param peer the client's address
public record SessionIdentity(
    Principal principal, SourceName source, Map<String, String> settings, String id, String peer) {}
