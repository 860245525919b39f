package dev.remit.policy.rules;

import dev.remit.catalog.model.PurposeCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One policy in the short form: who may read what for which purposes, with which masks and rows.
///
/// @param columns names or patterns, `*` for all
/// @param purposes at least one
/// @param rows filter expression over the columns of each table
/// @param deny whether it takes away instead of giving; then without masks and rows
public record ShortPolicy(
    String name,
    List<TablePattern> tables,
    List<String> columns,
    Set<String> users,
    Set<String> groups,
    Set<String> roles,
    Set<PurposeCode> purposes,
    List<MaskRule> masks,
    Optional<String> rows,
    boolean deny) {
  public ShortPolicy {
    tables = List.copyOf(tables);
    columns = List.copyOf(columns);
    users = Set.copyOf(users);
    groups = Set.copyOf(groups);
    roles = Set.copyOf(roles);
    purposes = Set.copyOf(purposes);
    masks = List.copyOf(masks);
  }
}
