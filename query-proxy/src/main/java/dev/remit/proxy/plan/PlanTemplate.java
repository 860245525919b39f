package dev.remit.proxy.plan;

import dev.remit.policy.model.PolicyValue;
import dev.remit.proxy.model.AccessSummary;
import dev.remit.proxy.model.AccessSummary.Choice;
import dev.remit.proxy.model.AccessSummary.PinnedValue;
import dev.remit.proxy.model.AccessSummary.SubjectPin;
import dev.remit.proxy.model.GovernedQuery;
import dev.remit.sql.model.text.Lexeme;
import dev.remit.sql.model.text.WrittenSql;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// A governed query whose literals can be exchanged: the emitted text in pieces, with a slot for
/// each place where a literal of the client stands.
///
/// A literal is exchanged only when every place of it in the emitted text is known and holds
/// exactly it; all others are fixed, and a statement with another value there is planned anew.
///
/// A literal that fixes a primary key travels as a parameter of its own type behind the policy's,
/// so that the text stays the same and the source need not plan it again: whatever its value, the
/// row is found in the same way. All other literals stay in the text, where the source's planner
/// can see them. Immutable.
final class PlanTemplate {
  /// @param literal index among the statement's literals
  /// @param start UTF-16 index in the emitted text
  private record Slot(int literal, int start, int end) {}

  /// The emitted text for some literals; where each slot of the template ends in it.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Filled(String sql, int[] ends) {}

  private final GovernedQuery query;
  private final List<Slot> slots;
  private final StatementWords words;
  private final boolean[] exchangeable;

  /// Indexes of the literals that travel as parameters, in their order.
  private final List<Integer> bound;

  /// The text for all literals there can be, when each of them is bound or fixed.
  private final Optional<Filled> constant;

  private PlanTemplate(
      GovernedQuery query,
      List<Slot> slots,
      StatementWords words,
      boolean[] exchangeable,
      List<Integer> bound) {
    this.query = query;
    this.slots = slots;
    this.words = words;
    this.exchangeable = exchangeable;
    this.bound = bound;
    boolean allBound = slots.stream().allMatch(slot -> bound.contains(slot.literal()));
    this.constant = allBound ? Optional.of(filled(words)) : Optional.empty();
  }

  static PlanTemplate of(QueryPlan.Planned planned, StatementWords words) {
    WrittenSql written = planned.written();
    FixedLiterals fixed = planned.fixed();
    boolean[] exchangeable = new boolean[words.literals().size()];
    List<Slot> slots = new ArrayList<>();
    Map<Integer, List<Integer>> places = places(written);
    List<Integer> bound = new ArrayList<>();
    for (int i = 0; i < exchangeable.length; i++) {
      Lexeme literal = words.literals().get(i);
      List<Slot> found =
          fixed.isFixed(literal.position())
              ? List.of()
              : slots(
                  i, literal, written.text(), places.getOrDefault(literal.position(), List.of()));
      exchangeable[i] = !found.isEmpty();
      slots.addAll(found);
      if (exchangeable[i]
          && planned.keyLiterals().contains(literal.position())
          && !parameterType(literal).isEmpty()
          && found.stream().allMatch(slot -> isOperand(written.text(), slot.start()))) {
        bound.add(i);
      }
    }
    slots.sort(Comparator.comparingInt(Slot::start));
    return new PlanTemplate(
        planned.query(), List.copyOf(slots), words, exchangeable, List.copyOf(bound));
  }

  /// The type PostgreSQL gives such a literal, empty when it is no plain number or string.
  private static String parameterType(Lexeme literal) {
    return switch (StatementWords.sort(literal)) {
      case "?4" -> "int4";
      case "?8" -> "int8";
      case "?s" -> "unknown";
      default -> "";
    };
  }

  /// Whether the literal stands alone, with no name of a type or sign before it.
  private static boolean isOperand(String text, int start) {
    int before = start - 1;
    while (before >= 0 && text.charAt(before) == ' ') {
      before--;
    }
    return before >= 0 && "=()".indexOf(text.charAt(before)) >= 0;
  }

  /// For each position in the client's text, where in the emitted one (UTF-16 index) it came to.
  private static Map<Integer, List<Integer>> places(WrittenSql written) {
    String text = written.text();
    boolean plain = text.codePointCount(0, text.length()) == text.length();
    Map<Integer, List<Integer>> places = new HashMap<>();
    for (WrittenSql.Origin origin : written.origins()) {
      int index = origin.written() - 1;
      places
          .computeIfAbsent(origin.original(), absent -> new ArrayList<>(1))
          .add(plain ? index : text.offsetByCodePoints(0, index));
    }
    return places;
  }

  /// Every place that stems from the literal; none when one of them does not hold it as written.
  private static List<Slot> slots(int index, Lexeme literal, String emitted, List<Integer> places) {
    String expected = text(literal);
    List<Slot> slots = new ArrayList<>();
    for (int start : places) {
      int end = start + expected.length();
      if (!emitted.startsWith(expected, start) || continues(emitted, end)) {
        return List.of();
      }
      slots.add(new Slot(index, start, end));
    }
    return slots;
  }

  private static boolean continues(String text, int end) {
    return end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || "._'".indexOf(text.charAt(end)) >= 0);
  }

  private static String text(Lexeme literal) {
    return literal.kind() == Lexeme.Kind.STRING
        ? "'" + literal.text().replace("'", "''") + "'"
        : literal.text();
  }

  /// Whether a statement of the same shape has the same fixed literals.
  boolean fits(StatementWords other) {
    for (int i = 0; i < exchangeable.length; i++) {
      if (!exchangeable[i]
          && !words.literals().get(i).text().equals(other.literals().get(i).text())) {
        return false;
      }
    }
    return true;
  }

  /// The query for other literals.
  GovernedQuery fill(StatementWords other) {
    Filled filled = constant.orElseGet(() -> filled(other));
    return withPositions(
        filled.sql(), access(other), position -> original(filled, position), other);
  }

  private int original(Filled filled, int position) {
    return slots.isEmpty() ? position : templatePosition(filled.sql(), filled.ends(), position);
  }

  private Filled filled(StatementWords other) {
    String sql = query.sql();
    StringBuilder text = new StringBuilder(sql.length() + 32);
    int[] ends = new int[slots.size()];
    int copied = 0;
    for (int i = 0; i < ends.length; i++) {
      Slot slot = slots.get(i);
      text.append(sql, copied, slot.start()).append(written(slot.literal(), other));
      copied = slot.end();
      ends[i] = text.length();
    }
    return new Filled(text.append(sql, copied, sql.length()).toString(), ends);
  }

  private String written(int literal, StatementWords other) {
    int index = bound.indexOf(literal);
    return index < 0
        ? text(other.literals().get(literal))
        : "$" + (query.clientParameters() + query.policyValues().size() + index + 1);
  }

  /// The policy's values and the bound literals behind them.
  private List<PolicyValue> values(StatementWords other) {
    if (bound.isEmpty()) {
      return query.policyValues();
    }
    List<PolicyValue> values = new ArrayList<>(query.policyValues());
    for (int literal : bound) {
      Lexeme word = other.literals().get(literal);
      values.add(new PolicyValue(parameterType(word), word.text()));
    }
    return values;
  }

  private GovernedQuery withPositions(
      String sql, AccessSummary access, IntUnaryOperator inTemplate, StatementWords other) {
    return new GovernedQuery(
        sql,
        query.clientParameters(),
        values(other),
        access,
        query.epoch(),
        position ->
            position <= 0
                ? 0
                : otherPosition(
                    query.originalPosition().applyAsInt(inTemplate.applyAsInt(position)), other));
  }

  /// A character position in the filled text, as one in the template's.
  private int templatePosition(String filled, int[] ends, int position) {
    int index = filled.offsetByCodePoints(0, Math.min(position - 1, filled.length()));
    int slot = 0;
    while (slot < ends.length && ends[slot] <= index) {
      slot++;
    }
    int shift = slot == 0 ? 0 : slots.get(slot - 1).end() - ends[slot - 1];
    int limit = slot < slots.size() ? slots.get(slot).start() : query.sql().length();
    return query.sql().codePointCount(0, Math.min(index + shift, limit)) + 1;
  }

  /// The same place of the same word in the other text.
  private int otherPosition(int original, StatementWords other) {
    int word = words.wordAt(original);
    if (word < 0 || word >= other.words().size()) {
      return 0;
    }
    int within = original - words.words().get(word).position();
    return other.words().get(word).position() + within;
  }

  private AccessSummary access(StatementWords other) {
    AccessSummary access = query.access();
    if (access.subjectPins().isEmpty()) {
      return access;
    }
    return new AccessSummary(
        access.fingerprint(),
        access.statement(),
        access.tables(),
        access.tableOids(),
        access.columns(),
        access.policies(),
        access.why(),
        access.clearPersonal(),
        access.subjectPins().stream().map(pin -> pin(pin, other)).toList());
  }

  private SubjectPin pin(SubjectPin pin, StatementWords other) {
    return new SubjectPin(
        pin.table(),
        pin.types(),
        pin.choices().stream()
            .map(choice ->
                new Choice(
                    choice.columns(),
                    choice.rows().stream()
                        .map(row -> row.stream().map(value -> value(value, other)).toList())
                        .toList()))
            .toList());
  }

  private PinnedValue value(PinnedValue value, StatementWords other) {
    return switch (value) {
      case PinnedValue.Constant constant -> {
        int literal = literalAt(constant.position());
        if (literal < 0) {
          yield constant;
        }
        Lexeme word = other.literals().get(literal);
        yield new PinnedValue.Constant(word.text(), word.position());
      }
      case PinnedValue.Parameter parameter -> parameter;
      case PinnedValue.Elements elements ->
          new PinnedValue.Elements(value(elements.array(), other));
    };
  }

  private int literalAt(int position) {
    for (int i = 0; i < words.literals().size(); i++) {
      if (words.literals().get(i).position() == position) {
        return i;
      }
    }
    return -1;
  }
}
