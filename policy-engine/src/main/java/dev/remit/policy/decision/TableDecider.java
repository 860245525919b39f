package dev.remit.policy.decision;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.model.Tag;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.error.ErrorCode;
import dev.remit.policy.expression.Expressions;
import dev.remit.policy.mask.MaskLibrary;
import dev.remit.policy.mask.TokenKey;
import dev.remit.policy.model.ColumnDecision;
import dev.remit.policy.model.Determination;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.SqlExpression;
import dev.remit.policy.model.TableDecision;
import dev.remit.policy.ranger.AccessVerdict;
import dev.remit.policy.ranger.ColumnQuestion;
import dev.remit.policy.ranger.Obligation;
import dev.remit.policy.ranger.RangerPolicies;
import dev.remit.policy.rules.MaskKind;
import dev.remit.policy.rules.MaskSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Composes the decision on one table.
///
/// 1. Each column is asked for by itself: Ranger would allow a request on a table because of a
///    policy on its columns.
/// 2. Every matching mask counts. None: clear. One, or several equal ones: that mask. Different
///    ones: the column is denied. A mask that cannot be made for the column's type: denied.
/// 3. Every matching filter, residency and retention are joined by AND. One that cannot be made
///    denies the table.
///
/// Stateless; its answers are immutable and cached by the caller.
public final class TableDecider {
  private final KeyRing keys;
  private final Clock clock;
  private final Predicate<Column> personal;

  /// @param personal which columns hold personal data, by their tags
  public TableDecider(KeyRing keys, Clock clock, Predicate<Column> personal) {
    this.keys = keys;
    this.clock = clock;
    this.personal = personal;
  }

  /// Decides all columns and rows of the relation.
  public TableDecision decide(
      RangerPolicies policies,
      Principal principal,
      PurposeCode purpose,
      SourceName source,
      Relation relation) {
    Set<Determination> why = new LinkedHashSet<>();
    Case asked = new Case(policies, principal, purpose, source, relation, why);
    List<ColumnDecision> columns = new ArrayList<>();
    relation.columns().stream()
        .sorted(Comparator.comparingInt(Column::number))
        .forEach(column -> column(asked, column).ifPresent(columns::add));
    if (columns.isEmpty()) {
      return new TableDecision.Deny(
          ErrorCode.FORBIDDEN, "no policy opens any column", List.copyOf(why));
    }
    try {
      List<SqlExpression> filters = filters(asked);
      return new TableDecision.Allow(columns, filters, List.copyOf(why));
    } catch (IllegalArgumentException impossible) {
      why.add(new Determination(-1, "rows", "deny: " + impossible.getMessage()));
      return new TableDecision.Deny(
          ErrorCode.FORBIDDEN, "a row filter cannot be applied", List.copyOf(why));
    }
  }

  private Optional<ColumnDecision> column(Case asked, Column column) {
    ColumnQuestion question = asked.question(column.name(), tags(column), clock);
    AccessVerdict access = asked.policies().access(question);
    if (!access.allowed()) {
      if (access.policyId() >= 0) {
        asked.because(access.policyId(), access.policyName(), "deny " + column.name());
      }
      return Optional.empty();
    }
    asked.because(access.policyId(), access.policyName(), "allow");
    List<Obligation.Mask> masks = asked.policies().masks(question);
    Set<MaskSpec> different =
        masks.stream()
            .map(Obligation.Mask::mask)
            .filter(mask -> mask.kind() != MaskKind.NONE)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (different.size() > 1) {
      masks.forEach(mask ->
          asked.because(
              mask.policyId(),
              mask.policyName(),
              "deny " + column.name() + ": another policy masks it differently"));
      return Optional.empty();
    }
    boolean isPersonal = personal.test(column);
    if (different.isEmpty()) {
      return Optional.of(new ColumnDecision(column, Optional.empty(), "", isPersonal));
    }
    return masked(asked, column, different.iterator().next(), masks, isPersonal);
  }

  private Optional<ColumnDecision> masked(
      Case asked, Column column, MaskSpec mask, List<Obligation.Mask> origins, boolean isPersonal) {
    String name = mask.kind().shortName();
    String effect = "mask " + column.name() + " with " + name;
    try {
      Supplier<TokenKey> key = () -> TokenKey.derive(keys, asked.source(), asked.purpose());
      SqlExpression expression = MaskLibrary.apply(mask, column, asked.relation(), key);
      origins.forEach(origin -> asked.because(origin.policyId(), origin.policyName(), effect));
      return Optional.of(new ColumnDecision(column, Optional.of(expression), name, isPersonal));
    } catch (IllegalArgumentException impossible) {
      String reason = "deny " + column.name() + ": " + impossible.getMessage();
      origins.forEach(origin -> asked.because(origin.policyId(), origin.policyName(), reason));
      return Optional.empty();
    }
  }

  private List<SqlExpression> filters(Case asked) {
    Relation relation = asked.relation();
    List<SqlExpression> filters = new ArrayList<>();
    for (Obligation.Filter filter : asked.policies().filters(asked.question("", Set.of(), clock))) {
      asked.because(filter.policyId(), filter.policyName(), "rows where " + filter.filter().text());
      filters.add(Expressions.filter(filter.filter(), relation, asked.principal()));
    }
    relation
        .declaration()
        .residency()
        .ifPresent(residency -> {
          asked.because(-1, "residency", "rows of the principal's regions");
          filters.add(DeclaredObligations.residency(residency, relation, asked.principal()));
        });
    relation
        .declaration()
        .retention()
        .ifPresent(retention -> {
          asked.because(-1, "retention", "rows younger than " + retention.keep());
          filters.add(DeclaredObligations.retention(retention, relation));
        });
    return filters;
  }

  private static Set<String> tags(Column column) {
    return column.tags().stream().map(Tag::name).collect(Collectors.toSet());
  }

  /// One question with the reasons gathered so far.
  private record Case(
      RangerPolicies policies,
      Principal principal,
      PurposeCode purpose,
      SourceName source,
      Relation relation,
      Set<Determination> why) {

    ColumnQuestion question(String column, Set<String> tags, Clock clock) {
      return new ColumnQuestion(
          principal,
          purpose,
          source.value(),
          relation.schema(),
          relation.name(),
          column,
          tags,
          clock.instant());
    }

    void because(long policyId, String policyName, String effect) {
      why.add(new Determination(policyId, policyName, effect));
    }
  }
}
