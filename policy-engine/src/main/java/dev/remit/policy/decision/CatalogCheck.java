package dev.remit.policy.decision;

import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.expression.Expressions;
import dev.remit.policy.mask.MaskLibrary;
import dev.remit.policy.mask.TokenKey;
import dev.remit.policy.ranger.Obligation;
import dev.remit.policy.ranger.Reach;
import dev.remit.policy.rules.TablePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Holds policies against the catalog: what names nothing protects nothing, so it is refused.
///
/// Purposes must be declared, tables, columns and tags must exist, filters must fit every table
/// they match, masks every column. What changes in the catalog later is caught by the decision,
/// which then denies. Users, groups and roles may come later than the policy that names them: a
/// name without a bearer opens nothing, so it is not checked.
final class CatalogCheck {
  private static final TokenKey NO_KEY = new TokenKey("\\x", "\\x");

  private final Source source;
  private final Set<String> purposes;
  private final Map<Reach.Tables, List<Relation>> matches = new HashMap<>();

  CatalogCheck(Source source, CatalogSnapshot catalog) {
    this.source = source;
    this.purposes =
        catalog.purposes().keySet().stream().map(PurposeCode::value).collect(Collectors.toSet());
  }

  /// Errors: INVALID_POLICY.
  void check(Reach reach) {
    try {
      for (String purpose : reach.purposes()) {
        require(
            purposes.contains(purpose),
            "the purpose " + purpose + " is not declared; declare it under `purposes:`");
      }
      reach.tables().forEach(tables -> tables(reach, tables));
    } catch (IllegalArgumentException mistake) {
      throw new RemitException(
          ErrorCode.INVALID_POLICY,
          "policy '" + reach.policyName() + "': " + mistake.getMessage(),
          mistake);
    }
  }

  private void tables(Reach reach, Reach.Tables tables) {
    List<Relation> matched = matched(tables);
    reach.tags().forEach(this::requireTag);
    if (!tables.columns().excludes()) {
      tables.columns().patterns().forEach(pattern -> requireColumn(pattern, reach));
    }
    reach
        .obligation()
        .ifPresent(obligation -> {
          switch (obligation) {
            case Obligation.Mask mask ->
                matched.forEach(relation -> mask(reach, tables, mask, relation));
            case Obligation.Filter filter ->
                matched.forEach(relation -> Expressions.checkFilter(filter.filter(), relation));
          }
        });
  }

  private List<Relation> matched(Reach.Tables tables) {
    return matches.computeIfAbsent(tables, this::search);
  }

  private List<Relation> search(Reach.Tables tables) {
    List<Relation> matched = new ArrayList<>();
    for (Relation relation : source.relations().values()) {
      if (tables.matches(relation.schema(), relation.name())) {
        matched.add(relation);
      }
    }
    String names =
        String.join(" or ", tables.schemas().patterns())
            + "."
            + String.join(" or ", tables.tables().patterns());
    require(!matched.isEmpty(), names + " matches no table of " + source.name());
    for (String table :
        tables.tables().excludes() ? List.<String>of() : tables.tables().patterns()) {
      require(
          matched.stream().anyMatch(relation -> TablePattern.glob(table, relation.name())),
          "'" + table + "' matches no table of " + source.name());
    }
    return matched;
  }

  private static void mask(
      Reach reach, Reach.Tables tables, Obligation.Mask mask, Relation relation) {
    for (Column column : relation.columns()) {
      boolean tagged = reach.tags().isEmpty() || reach.tags().stream().anyMatch(column::isTagged);
      if (tagged && tables.columns().matches(column.name())) {
        MaskLibrary.apply(mask.mask(), column, relation, () -> NO_KEY);
      }
    }
  }

  private void requireTag(String tag) {
    require(
        source.relations().values().stream()
            .flatMap(relation -> relation.columns().stream())
            .anyMatch(column -> column.isTagged(tag)),
        "no column of " + source.name() + " is tagged " + tag);
  }

  private void requireColumn(String pattern, Reach reach) {
    require(
        reach.tables().stream()
            .flatMap(tables -> matched(tables).stream())
            .flatMap(relation -> relation.columns().stream())
            .anyMatch(column -> TablePattern.glob(pattern, column.name())),
        "no table it names has a column '" + pattern + "'");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
