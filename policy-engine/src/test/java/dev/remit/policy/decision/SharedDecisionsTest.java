package dev.remit.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.ColumnType;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.TableDeclaration;
import dev.remit.catalog.model.Tag;
import dev.remit.policy.expression.Expressions;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.TableDecision;
import dev.remit.policy.ranger.ColumnQuestion;
import dev.remit.policy.ranger.Obligation;
import dev.remit.policy.ranger.RangerPolicies;
import dev.remit.policy.rules.MaskKind;
import dev.remit.policy.rules.MaskSpec;
import dev.remit.policy.testing.MemoryKeys;
import dev.remit.policy.testing.RandomPolicies;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: a decision shared by callers of equal standing, with one question for each kind of
/// columns, is the one that asking Ranger about every column for this very caller gives.
class SharedDecisionsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private static final int SETS = 60;
  private static final int CALLERS = 60;

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 20})
  void sharedAnswersAreThoseOfEachColumnAndCaller(int most) {
    TableDecider decider = new TableDecider(new MemoryKeys(), CLOCK, column -> false);
    long allowed = 0;
    long masked = 0;
    for (int seed = 0; seed < SETS; seed++) {
      RandomPolicies random = new RandomPolicies(most * 1_000_003L + seed);
      RangerPolicies policies = RangerPolicies.compile(RandomPolicies.SOURCE, random.set(most));
      SharedDecisions shared =
          new SharedDecisions(policies, RandomPolicies.SOURCE, decider, 10_000);
      List<Relation> relations =
          RandomPolicies.TABLES.stream().map(table -> relation(random, table)).toList();
      for (int caller = 0; caller < CALLERS; caller++) {
        Principal principal = random.principal();
        PurposeCode purpose = new PurposeCode(random.pick(RandomPolicies.PURPOSES));
        Relation relation = random.pick(relations);
        TableDecision decision = shared.decide(principal, purpose, relation);
        String expected = columnByColumn(policies, principal, purpose, relation);
        assertThat(written(decision))
            .as("seed %d, %s, %s", seed, principal, purpose)
            .isEqualTo(expected);
        allowed += expected.startsWith("{}") ? 0 : 1;
        masked += expected.contains("=null") || expected.contains("=token") ? 1 : 0;
      }
    }
    assertThat(allowed).isGreaterThan(SETS);
    assertThat(masked).isGreaterThan(SETS / 10);
  }

  private static String written(TableDecision decision) {
    return switch (decision) {
      case TableDecision.Deny ignored -> "{}";
      case TableDecision.Allow allow -> {
        Map<String, String> visible = new TreeMap<>();
        allow.columns().forEach(column -> visible.put(column.column().name(), column.maskName()));
        List<String> filters =
            allow.filters().stream().map(filter -> filter.tree() + " " + filter.values()).toList();
        yield visible.toString() + filters.stream().sorted().toList();
      }
    };
  }

  /// The same without any short cut.
  private static String columnByColumn(
      RangerPolicies policies, Principal principal, PurposeCode purpose, Relation relation) {
    Map<String, String> visible = new TreeMap<>();
    for (Column column : relation.columns()) {
      Set<String> tags = column.tags().stream().map(Tag::name).collect(Collectors.toSet());
      ColumnQuestion question = question(principal, purpose, relation, column.name(), tags);
      Set<MaskSpec> masks =
          policies.masks(question).stream()
              .map(Obligation.Mask::mask)
              .filter(mask -> mask.kind() != MaskKind.NONE)
              .collect(Collectors.toSet());
      if (policies.access(question).allowed() && masks.size() < 2) {
        visible.put(
            column.name(),
            masks.stream().map(mask -> mask.kind().shortName()).findFirst().orElse(""));
      }
    }
    List<String> filters = new ArrayList<>();
    for (Obligation.Filter filter :
        policies.filters(question(principal, purpose, relation, "", Set.of()))) {
      var expression = Expressions.filter(filter.filter(), relation, principal);
      filters.add(expression.tree() + " " + expression.values());
    }
    return visible.isEmpty() ? "{}" : visible.toString() + filters.stream().sorted().toList();
  }

  private static ColumnQuestion question(
      Principal principal,
      PurposeCode purpose,
      Relation relation,
      String column,
      Set<String> tags) {
    return new ColumnQuestion(
        principal,
        purpose,
        RandomPolicies.SOURCE.value(),
        relation.schema(),
        relation.name(),
        column,
        tags,
        CLOCK.instant());
  }

  private static Relation relation(RandomPolicies random, String name) {
    ColumnType text = new ColumnType(25, "pg_catalog", "text", -1, "text", 'S');
    List<Column> columns = new ArrayList<>();
    for (String column : RandomPolicies.COLUMNS) {
      List<Tag> tags =
          random.some(RandomPolicies.TAGS).stream()
              .map(tag -> new Tag(tag, 1, "declared", true))
              .toList();
      columns.add(
          new Column(columns.size() + 1, column, text, true, false, Optional.empty(), tags));
    }
    return new Relation(
        name.hashCode(),
        "public",
        name,
        Relation.Kind.TABLE,
        columns,
        List.of(),
        List.of(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        TableDeclaration.NONE,
        name);
  }
}
