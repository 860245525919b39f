package dev.remit.policy.decision;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.error.ErrorCode;
import dev.remit.policy.decision.PolicedTable.PolicedColumn;
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
import dev.remit.policy.rules.MaskKind;
import dev.remit.policy.rules.MaskSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Composes the decision on one table.
///
/// 1. Columns are asked for, never the table: Ranger would allow a request on a table because of a
///    policy on its columns. One of each kind answers for the others ([PolicedTable]).
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

  /// Decides all columns and rows of the table.
  TableDecision decide(PolicedTable table, Principal principal, PurposeCode purpose) {
    Set<Determination> why = new LinkedHashSet<>();
    Case asked = new Case(table, principal, purpose, clock.instant(), new HashMap<>(), why);
    List<ColumnDecision> columns = new ArrayList<>();
    table.columns().forEach(column -> column(asked, column).ifPresent(columns::add));
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

  private Optional<ColumnDecision> column(Case asked, PolicedColumn policed) {
    Column column = policed.column();
    Answer answer = asked.answer(policed);
    AccessVerdict access = answer.access();
    if (!access.allowed()) {
      if (access.policyId() >= 0) {
        asked.because(access.policyId(), access.policyName(), "deny " + column.name());
      }
      return Optional.empty();
    }
    asked.because(access.policyId(), access.policyName(), "allow");
    List<Obligation.Mask> masks = answer.masks();
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
      PolicedTable table = asked.table();
      Supplier<TokenKey> key = () -> TokenKey.derive(keys, table.source(), asked.purpose());
      SqlExpression expression =
          table.mask(
              column,
              mask,
              asked.purpose(),
              () -> MaskLibrary.apply(mask, column, table.relation(), key));
      origins.forEach(origin -> asked.because(origin.policyId(), origin.policyName(), effect));
      return Optional.of(new ColumnDecision(column, Optional.of(expression), name, isPersonal));
    } catch (IllegalArgumentException impossible) {
      String reason = "deny " + column.name() + ": " + impossible.getMessage();
      origins.forEach(origin -> asked.because(origin.policyId(), origin.policyName(), reason));
      return Optional.empty();
    }
  }

  private List<SqlExpression> filters(Case asked) {
    PolicedTable table = asked.table();
    Relation relation = table.relation();
    List<SqlExpression> filters = new ArrayList<>();
    for (Obligation.Filter filter : table.policies().filters(asked.question("", Set.of()))) {
      asked.because(filter.policyId(), filter.policyName(), "rows where " + filter.filter().text());
      filters.add(
          Expressions.filter(table.builder(), filter.filter(), relation, asked.principal()));
    }
    relation
        .declaration()
        .residency()
        .ifPresent(residency -> {
          asked.because(-1, "residency", "rows of the principal's regions");
          filters.add(
              DeclaredObligations.residency(
                  table.builder(), residency, relation, asked.principal()));
        });
    relation
        .declaration()
        .retention()
        .ifPresent(retention -> {
          asked.because(-1, "retention", "rows younger than " + retention.keep());
          filters.add(DeclaredObligations.retention(table.builder(), retention, relation));
        });
    return filters;
  }

  /// What Ranger answers about every column of one kind.
  private record Answer(AccessVerdict access, List<Obligation.Mask> masks) {}

  /// One question with the answers and reasons gathered so far.
  private record Case(
      PolicedTable table,
      Principal principal,
      PurposeCode purpose,
      Instant time,
      Map<Integer, Answer> answers,
      Set<Determination> why) {

    /// The first column of each kind is asked for.
    Answer answer(PolicedColumn column) {
      @Nullable Answer known = answers.get(column.kind());
      if (known != null) {
        return known;
      }
      ColumnQuestion question = question(column.column().name(), column.tags());
      AccessVerdict access = table.policies().access(question);
      List<Obligation.Mask> masks = access.allowed() ? table.policies().masks(question) : List.of();
      Answer answer = new Answer(access, masks);
      answers.put(column.kind(), answer);
      return answer;
    }

    ColumnQuestion question(String column, Set<String> tags) {
      return table.question(principal, purpose, column, tags, time);
    }

    void because(long policyId, String policyName, String effect) {
      why.add(new Determination(policyId, policyName, effect));
    }
  }
}
