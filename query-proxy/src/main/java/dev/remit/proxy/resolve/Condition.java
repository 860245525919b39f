package dev.remit.proxy.resolve;

import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/// One conjunct of a WHERE, ON or HAVING clause.
///
/// @param reaches the uses on whose rows PostgreSQL might evaluate it; live while resolving, since
///   a recursive query reaches more than is known when it is first mentioned
/// @param copyable the uses whose rows may be restricted by it before the join without changing the
///   result, provided that it is strict
public record Condition(SqlNode node, Set<TableUse> reaches, Set<TableUse> copyable) {}
