package dev.remit.policy.decision;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.model.Tag;
import dev.remit.policy.expression.Grammar;
import dev.remit.policy.expression.SqlBuilder;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.SqlExpression;
import dev.remit.policy.ranger.ColumnQuestion;
import dev.remit.policy.ranger.Obligation;
import dev.remit.policy.ranger.RangerPolicies;
import dev.remit.policy.ranger.Reach;
import dev.remit.policy.rules.MaskSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/// One table as the policies of its source see it, worked out once for every caller.
///
/// **Kinds of columns.** Ranger is asked about a column by its name and tags. Columns with equal
/// tags that every candidate policy matches in the same way are of one kind, and one answer holds
/// for all of them. Which policies are candidates and how they match is Ranger's own word, not read
/// from the patterns anew.
///
/// **Standing.** A policy matches a caller by her name, groups and roles. Names that no candidate
/// mentions cannot change the answer, nor can attributes that no filter reads.
///
/// Safe for many threads. What it remembers is bounded by the columns and policies there are.
final class PolicedTable {
  private static final String NO_USER = "";
  private static final Principal NOBODY = new Principal(NO_USER, Set.of(), Set.of(), Map.of());
  private static final PurposeCode NO_PURPOSE = new PurposeCode("none");

  private final RangerPolicies policies;
  private final SourceName source;
  private final Relation relation;
  private final List<PolicedColumn> columns;
  private final Set<String> users = new HashSet<>();
  private final Set<String> groups = new HashSet<>();
  private final Set<String> roles = new HashSet<>();
  private final Set<String> attributes = new HashSet<>();
  private final ConcurrentMap<MaskKey, SqlExpression> masks = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, SqlNode> trees = new ConcurrentHashMap<>();

  /// One column.
  ///
  /// @param kind number of its kind
  record PolicedColumn(Column column, Set<String> tags, int kind) {}

  private record Kind(Set<String> tags, List<Object> matches) {}

  private record MaskKey(int column, MaskSpec mask, PurposeCode purpose) {}

  PolicedTable(RangerPolicies policies, SourceName source, Relation relation) {
    this.policies = policies;
    this.source = source;
    this.relation = relation;
    Map<Kind, Integer> known = new HashMap<>();
    List<PolicedColumn> sorted = new ArrayList<>();
    for (Column column :
        relation.columns().stream().sorted(Comparator.comparingInt(Column::number)).toList()) {
      Set<String> tags = column.tags().stream().map(Tag::name).collect(Collectors.toSet());
      List<Object> matches = mentioned(column.name());
      int kind = known.computeIfAbsent(new Kind(tags, matches), fresh -> known.size());
      sorted.add(new PolicedColumn(column, tags, kind));
    }
    mentioned("");
    this.columns = List.copyOf(sorted);
    if (relation.declaration().residency().isPresent()) {
      attributes.addAll(DeclaredObligations.REGION_ATTRIBUTES);
    }
  }

  private List<Object> mentioned(String column) {
    RangerPolicies.Bearing bearing =
        policies.bearing(question(NOBODY, NO_PURPOSE, column, Set.of(), Instant.EPOCH));
    for (Reach policy : bearing.policies()) {
      users.addAll(policy.users());
      groups.addAll(policy.groups());
      roles.addAll(policy.roles());
      if (policy.obligation().orElse(null) instanceof Obligation.Filter filter) {
        attributes.addAll(filter.filter().attributes());
      }
    }
    return bearing.matches();
  }

  RangerPolicies policies() {
    return policies;
  }

  SourceName source() {
    return source;
  }

  Relation relation() {
    return relation;
  }

  /// In order of their attribute numbers.
  List<PolicedColumn> columns() {
    return columns;
  }

  /// The question about one column, or about the table when the column's name is empty.
  ColumnQuestion question(
      Principal principal, PurposeCode purpose, String column, Set<String> tags, Instant time) {
    return new ColumnQuestion(
        principal, purpose, source.value(), relation.schema(), relation.name(), column, tags, time);
  }

  /// What of the caller can matter here.
  Standing standing(Principal principal, PurposeCode purpose) {
    return new Standing(
        purpose,
        users.contains(principal.name()) ? principal.name() : NO_USER,
        common(principal.groups(), groups),
        common(principal.roles(), roles),
        values(principal.attributes()));
  }

  private static Set<String> common(Collection<String> hers, Set<String> mentioned) {
    Set<String> common = Set.of();
    for (String name : hers) {
      if (mentioned.contains(name)) {
        if (common.isEmpty()) {
          common = new HashSet<>();
        }
        common.add(name);
      }
    }
    return common;
  }

  private Map<String, String> values(Map<String, String> hers) {
    Map<String, String> values = Map.of();
    for (String name : attributes) {
      @Nullable String value = hers.get(name);
      if (value != null) {
        if (values.isEmpty()) {
          values = new HashMap<>();
        }
        values.put(name, value);
      }
    }
    return values;
  }

  /// The mask's expression, made once for each purpose: its keys go by the purpose.
  SqlExpression mask(
      Column column, MaskSpec mask, PurposeCode purpose, Supplier<SqlExpression> made) {
    return masks.computeIfAbsent(new MaskKey(column.number(), mask, purpose), fresh -> made.get());
  }

  /// A builder that parses each text once: callers with other attributes differ in the values bound
  /// to it, not in the text.
  SqlBuilder builder() {
    return new SqlBuilder(text -> trees.computeIfAbsent(text, Grammar::read));
  }
}
