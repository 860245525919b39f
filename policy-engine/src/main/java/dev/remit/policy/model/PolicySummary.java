package dev.remit.policy.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.catalog.model.SourceName;

/// One policy in force.
///
/// @param id what decisions and access records name
/// @param form `short` or `ranger`
/// @param definition exactly as applied
public record PolicySummary(
    long id, SourceName source, String name, String form, JsonNode definition) {}
