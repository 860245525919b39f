package dev.remit.proxy.person;

import dev.remit.catalog.model.Source;
import dev.remit.proxy.fence.ParameterTypes;
import dev.remit.proxy.model.AccessSummary.Choice;
import dev.remit.proxy.model.AccessSummary.PinnedValue;
import dev.remit.proxy.model.AccessSummary.SubjectPin;
import dev.remit.proxy.model.KeyText;
import dev.remit.proxy.resolve.ColumnOrigin;
import dev.remit.proxy.resolve.Condition;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.resolve.Resolution.JoinedColumns;
import dev.remit.proxy.resolve.TableUse;
import dev.remit.proxy.resolve.VisibleRelation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/// Finds the subject keys that the conditions of a statement fix, to one value or to a few.
///
/// A condition counts for a table only where rows that fail it could not come through
/// ([Condition#copyable]); what it fixes in one table holds for the columns of others that a join
/// equates with it (`o.customer_id = c.customer_id and c.customer_id = 5`). Where several
/// conditions fix one column the narrowest is taken, so that a person may be named whose row
/// another condition takes out, but none is left out. A masked column fixes nobody: it is compared
/// as a mask.
public final class SubjectPins {
  private record Equality(ColumnOrigin from, ColumnOrigin to) {}

  private final List<Equality> equalities = new ArrayList<>();
  private final List<List<Map<ColumnOrigin, PinnedValue>>> alternatives = new ArrayList<>();
  private final FixedValues values;

  private SubjectPins(FixedValues values) {
    this.values = values;
  }

  /// @param source whose references say which tables are about the same persons
  public static List<SubjectPin> of(Resolution resolution, Source source, ParameterTypes types) {
    SubjectPins pins = new SubjectPins(new FixedValues(resolution, types));
    resolution.conditions().forEach(pins::readEqualities);
    resolution.joined().forEach(pins::readEquality);
    resolution.conditions().forEach(pins::readValues);
    if (pins.alternatives.isEmpty()) {
      return List.of();
    }
    List<SubjectPin> found = new ArrayList<>();
    for (TableUse use : resolution.uses()) {
      if (use.relation() instanceof VisibleRelation.Base base) {
        source
            .person(base.relation())
            .flatMap(person -> pins.pin(use, person))
            .ifPresent(found::add);
      }
    }
    return found;
  }

  private void readEqualities(Condition condition) {
    for (FixedValues.Pair pair : FixedValues.equated(condition.node())) {
      equate(
          values.column(pair.left()).orElse(null),
          values.column(pair.right()).orElse(null),
          condition.copyable());
    }
  }

  private void readEquality(JoinedColumns pair) {
    equate(pair.left().orElse(null), pair.right().orElse(null), pair.copyable());
  }

  private void equate(
      @Nullable ColumnOrigin left, @Nullable ColumnOrigin right, Set<TableUse> copyable) {
    if (left == null
        || right == null
        || left.column().masked()
        || right.column().masked()
        || !KeyText.areAlike(left.column().typeOid(), right.column().typeOid())) {
      return;
    }
    if (copyable.contains(right.table())) {
      equalities.add(new Equality(left, right));
    }
    if (copyable.contains(left.table())) {
      equalities.add(new Equality(right, left));
    }
  }

  private void readValues(Condition condition) {
    SqlNode node = condition.node();
    List<Map<ColumnOrigin, PinnedValue>> found = new ArrayList<>();
    for (Map<ColumnOrigin, PinnedValue> alternative : values.alternatives(node)) {
      Map<ColumnOrigin, PinnedValue> reached = new HashMap<>();
      alternative.forEach((origin, value) -> {
        if (condition.copyable().contains(origin.table())) {
          reach(origin, value, reached);
        }
      });
      found.add(reached);
    }
    if (!found.isEmpty()) {
      alternatives.add(found);
    }
  }

  private void reach(
      ColumnOrigin origin, PinnedValue value, Map<ColumnOrigin, PinnedValue> reached) {
    if (reached.putIfAbsent(origin, value) == null) {
      for (Equality equality : equalities) {
        if (equality.from().equals(origin)) {
          reach(equality.to(), value, reached);
        }
      }
    }
  }

  private Optional<SubjectPin> pin(TableUse use, Source.Person person) {
    List<ColumnOrigin> key = new ArrayList<>();
    for (String name : person.columns()) {
      use.relation().columns().stream()
          .filter(column -> column.name().equals(name))
          .map(column -> new ColumnOrigin(use, column))
          .forEach(key::add);
    }
    if (key.size() != person.columns().size()) {
      return Optional.empty();
    }
    List<Choice> choices = new ArrayList<>();
    List<ColumnOrigin> open = new ArrayList<>(key);
    while (!open.isEmpty()) {
      Optional<Choice> next = narrowest(key, open);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      choices.add(next.get());
      next.get().columns().forEach(place -> open.remove(key.get(place)));
    }
    return Optional.of(
        new SubjectPin(
            person.table().qualifiedName(),
            key.stream().map(origin -> origin.column().typeOid()).toList(),
            choices));
  }

  /// The condition with the fewest alternatives that fixes a column still open, for those columns.
  private Optional<Choice> narrowest(List<ColumnOrigin> key, List<ColumnOrigin> open) {
    Optional<Choice> narrowest = Optional.empty();
    for (List<Map<ColumnOrigin, PinnedValue>> rows : alternatives) {
      List<ColumnOrigin> fixed =
          open.stream()
              .filter(origin -> rows.stream().allMatch(row -> row.containsKey(origin)))
              .toList();
      if (!fixed.isEmpty()
          && (narrowest.isEmpty() || rows.size() < narrowest.get().rows().size())) {
        narrowest =
            Optional.of(
                new Choice(
                    fixed.stream().map(key::indexOf).toList(),
                    rows.stream().map(row -> fixed.stream().map(row::get).toList()).toList()));
      }
    }
    return narrowest;
  }
}
