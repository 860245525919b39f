package dev.remit.policy.decision;

import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.expression.Expressions;
import dev.remit.policy.expression.PolicyText;
import dev.remit.policy.mask.MaskLibrary;
import dev.remit.policy.mask.TokenKey;
import dev.remit.policy.rules.MaskRule;
import dev.remit.policy.rules.ShortPolicy;
import dev.remit.policy.rules.ShortPolicyReader;
import dev.remit.policy.rules.StoredPolicy;
import dev.remit.policy.rules.TablePattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Holds new policies against the catalog: what names nothing protects nothing, so it is refused.
///
/// Purposes must be declared, tables, columns and tags must exist, filters must fit every table
/// they match, masks every column. What changes in the catalog later is caught by the decision,
/// which then denies.
final class CatalogCheck {
  private static final TokenKey NO_KEY = new TokenKey("\\x", "\\x");

  private CatalogCheck() {}

  static List<String> check(
      Collection<StoredPolicy> policies, Source source, CatalogSnapshot catalog) {
    List<String> warnings = new ArrayList<>();
    for (StoredPolicy policy : policies) {
      try {
        check(ShortPolicyReader.read(policy.definition()), source, catalog);
      } catch (IllegalArgumentException mistake) {
        throw new RemitException(
            ErrorCode.INVALID_POLICY,
            "policy '" + policy.name() + "': " + mistake.getMessage(),
            mistake);
      }
    }
    return warnings;
  }

  private static void check(ShortPolicy policy, Source source, CatalogSnapshot catalog) {
    for (PurposeCode purpose : policy.purposes()) {
      require(
          catalog.purposes().containsKey(purpose),
          "the purpose " + purpose + " is not declared; declare it under `purposes:`");
    }
    List<Relation> matched = new ArrayList<>();
    for (TablePattern table : policy.tables()) {
      List<Relation> found =
          source.relations().values().stream()
              .filter(relation -> table.matches(relation.schema(), relation.name()))
              .toList();
      require(!found.isEmpty(), table + " matches no table of " + source.name());
      matched.addAll(found);
    }
    policy.columns().forEach(pattern -> requireColumn(pattern, matched));
    policy.masks().forEach(mask -> checkMask(mask, matched, source));
    policy
        .rows()
        .map(PolicyText::read)
        .ifPresent(
            filter -> matched.forEach(relation -> Expressions.checkFilter(filter, relation)));
  }

  private static void checkMask(MaskRule rule, List<Relation> matched, Source source) {
    rule.columns().forEach(pattern -> requireColumn(pattern, matched));
    for (String tag : rule.tags()) {
      require(
          source.relations().values().stream()
              .flatMap(relation -> relation.columns().stream())
              .anyMatch(column -> column.isTagged(tag)),
          "no column of " + source.name() + " is tagged " + tag);
    }
    for (Relation relation : matched) {
      for (Column column : relation.columns()) {
        if (rule.tags().stream().anyMatch(column::isTagged)
            || rule.columns().stream().anyMatch(name -> TablePattern.glob(name, column.name()))) {
          MaskLibrary.apply(rule.mask(), column, relation, () -> NO_KEY);
        }
      }
    }
  }

  private static void requireColumn(String pattern, List<Relation> matched) {
    require(
        matched.stream()
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
