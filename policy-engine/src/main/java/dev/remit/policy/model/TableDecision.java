package dev.remit.policy.model;

import dev.remit.platform.error.ErrorCode;
import java.util.List;

/// What one principal may do with one table for one purpose: all columns decided at once.
public sealed interface TableDecision {

  List<Determination> why();

  /// Nothing of the table is visible. The wire says 42P01 in any case; the reason is for the
  /// record.
  record Deny(ErrorCode code, String reason, List<Determination> why) implements TableDecision {
    public Deny {
      why = List.copyOf(why);
    }
  }

  /// The listed columns are visible, others do not exist for the principal; rows must satisfy every
  /// filter.
  ///
  /// @param columns in attribute-number order, at least one
  /// @param filters joined by AND; over raw columns
  record Allow(List<ColumnDecision> columns, List<SqlExpression> filters, List<Determination> why)
      implements TableDecision {
    public Allow {
      columns = List.copyOf(columns);
      filters = List.copyOf(filters);
      why = List.copyOf(why);
    }
  }
}
