package dev.remit.proxy.systemcatalog;

import dev.remit.proxy.source.SystemColumn;
import java.util.List;

/// A catalog relation as clients see it.
///
/// @param columns in the order of the source's own relation
/// @param sql the governed query, one result column per entry of `columns`; its parameters are
///   those of [VisibleObjects#values]
public record SystemRelation(String schema, String name, List<SystemColumn> columns, String sql) {
  public SystemRelation {
    columns = List.copyOf(columns);
  }
}
