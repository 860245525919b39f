package dev.remit.policy.model;

import dev.remit.catalog.model.Column;
import java.util.Optional;

/// A column the principal may see: clear, or through a mask that keeps its type and modifier.
///
/// @param mask empty when clear
/// @param personal whether the column is tagged as personal data
public record ColumnDecision(
    Column column, Optional<SqlExpression> mask, String maskName, boolean personal) {}
