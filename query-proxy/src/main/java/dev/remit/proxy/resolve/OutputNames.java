package dev.remit.proxy.resolve;

import dev.remit.proxy.spelling.ImpliedLabels;
import dev.remit.sql.model.Target;

/// The name PostgreSQL gives a result column. It is empty where it is that of a column behind the
/// star of a subquery: then a reference that nothing else explains is left to PostgreSQL.
final class OutputNames {
  private OutputNames() {}

  static String of(Target target) {
    return target.label().orElseGet(() -> ImpliedLabels.of(target.expression()));
  }
}
