package dev.remit.proxy.govern;

import dev.remit.proxy.refusal.Refusal;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.resolve.Resolution.JoinedColumns;
import dev.remit.proxy.resolve.ValueTypes;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.proxy.spelling.Ages;
import dev.remit.proxy.spelling.ImpliedLabels;
import dev.remit.proxy.spelling.SpelledOut;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.SyntaxNode;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.Operation;
import dev.remit.sql.model.expression.Quantified;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/// Operators and functions on values of an extension's type (citext, hstore, ltree, …).
///
/// Upstream the search path is `pg_catalog`, so a bare `=` between citext columns would silently
/// become text's. Here it is qualified by the type's own schema, when an extension defines it there
/// for these types; where the client's search path would lead PostgreSQL elsewhere, or where that
/// is not certain, the statement is refused.
public final class ExtensionForms {
  /// Of pg_trgm.
  private static final Set<String> TEXT_OPERATORS =
      Set.of("%", "<%", "%>", "<<%", "%>>", "<->", "<<->", "<->>", "<<<->", "<->>>");

  private final SourceFacts facts;
  private final AllowLists lists;
  private final List<String> searchPath;
  private final Set<String> granted = new LinkedHashSet<>();

  /// @param searchPath for names without a schema
  public ExtensionForms(SourceFacts facts, AllowLists lists, List<String> searchPath) {
    this.facts = facts;
    this.lists = lists;
    this.searchPath = List.copyOf(searchPath);
  }

  /// `schema.name` of the operators and functions that this pass put into the statement.
  public Set<String> granted() {
    return granted;
  }

  /// Rewrites in place what touches an extension's type.
  void apply(Query query, Resolution resolution) {
    for (JoinedColumns pair : resolution.joined()) {
      pair.left()
          .or(pair::right)
          .filter(origin -> facts.extensionType(origin.column().typeOid()).isPresent())
          .ifPresent(origin -> {
            throw Refusal.notSupported(
                query, "USING or NATURAL on " + origin.column().name() + ": write ON");
          });
    }
    children(query, resolution.types());
  }

  private SqlNode form(SqlNode node, ValueTypes types) {
    if (node instanceof SqlNodeList list) {
      list.replaceAll(item -> form(item, types));
      return list;
    }
    if (!(node instanceof SyntaxNode syntax)) {
      return node;
    }
    if (node instanceof Target target && target.label().isEmpty()) {
      return target(target, types);
    }
    children(syntax, types);
    if (node instanceof Operation operation) {
      return operation(operation, types);
    }
    if (node instanceof Quantified quantified) {
      return quantified(quantified, types);
    }
    if (node instanceof Construct construct) {
      return construct(construct, types);
    }
    if (node instanceof FunctionCall call && Ages.isOne(call)) {
      return Ages.of(call, types.of(call.arguments().get(0)));
    }
    return node instanceof FunctionCall call ? function(call, types) : node;
  }

  /// A column keeps the label it would have.
  private SqlNode target(Target target, ValueTypes types) {
    String label = ImpliedLabels.of(target.expression());
    children(target, types);
    return label.equals(ImpliedLabels.of(target.expression()))
        ? target
        : new Target(target.getParserPosition(), target.expression(), label);
  }

  private void children(SyntaxNode node, ValueTypes types) {
    List<SqlNode> operands = node.getOperandList();
    for (int i = 0; i < operands.size(); i++) {
      @Nullable SqlNode operand = operands.get(i);
      if (operand != null) {
        node.setOperand(i, form(operand, types));
      }
    }
  }

  private SqlNode operation(Operation operation, ValueTypes types) {
    if (operation.isPrefix() || operation.schema().equals(List.of("pg_catalog"))) {
      return operation;
    }
    refuseRows(operation, types, operation.getOperandList().toArray(new SqlNode[0]));
    Optional<String> schema =
        schema(
            operation,
            operation.symbol(),
            types.of(operation.getOperandList().get(0)),
            types.of(operation.getOperandList().get(1)));
    if (schema.isEmpty()) {
      schema = textOperator(operation, types);
    }
    if (schema.isEmpty()) {
      return operation;
    }
    if (!operation.schema().isEmpty() && !operation.schema().equals(List.of(schema.get()))) {
      return operation;
    }
    return operation.qualified(List.of(schema.get()));
  }

  /// An operator that `pg_catalog` has not for texts and an extension of the search path has.
  private Optional<String> textOperator(Operation operation, ValueTypes types) {
    if (!TEXT_OPERATORS.contains(operation.symbol())) {
      return Optional.empty();
    }
    long left = types.of(operation.getOperandList().get(0));
    long right = types.of(operation.getOperandList().get(1));
    boolean texts =
        (facts.isText(left) && (facts.isText(right) || right == ValueTypes.UNTYPED))
            || (facts.isText(right) && left == ValueTypes.UNTYPED);
    Optional<String> schema =
        texts
            ? searchPath.stream()
                .filter(name -> facts.hasTextOperator(name, operation.symbol()))
                .findFirst()
            : Optional.empty();
    schema.ifPresent(name -> granted.add(name + "." + operation.symbol()));
    return schema;
  }

  private SqlNode quantified(Quantified quantified, ValueTypes types) {
    refuseRows(quantified, types, quantified.left(), quantified.right());
    long right =
        quantified.right() instanceof Query query ? types.of(query) : types.of(quantified.right());
    Optional<String> schema =
        schema(quantified, quantified.symbol(), types.of(quantified.left()), right);
    return schema.isPresent() && quantified.schema().isEmpty()
        ? quantified.qualified(List.of(schema.get()))
        : quantified;
  }

  private SqlNode construct(Construct construct, ValueTypes types) {
    List<SqlNode> operands = construct.getOperandList();
    return switch (construct.form()) {
      case IN, NOT_IN -> in(construct, types);
      case BETWEEN ->
          both(construct, Construct.Form.AND, List.of(">=", "<="), operands.subList(1, 3), types);
      case NOT_BETWEEN ->
          both(construct, Construct.Form.OR, List.of("<", ">"), operands.subList(1, 3), types);
      case LIKE -> pattern(construct, "~~", types);
      case NOT_LIKE -> pattern(construct, "!~~", types);
      case ILIKE -> pattern(construct, "~~*", types);
      case NOT_ILIKE -> pattern(construct, "!~~*", types);
      case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM, NULLIF -> {
        refuseRows(construct, types, operands.get(0), operands.get(1));
        yield schema(construct, "=", types.of(operands.get(0)), types.of(operands.get(1)))
            .map(schema -> SpelledOut.of(construct, schema))
            .orElse(construct);
      }
      case BETWEEN_SYMMETRIC, NOT_BETWEEN_SYMMETRIC, SIMILAR_TO, NOT_SIMILAR_TO -> {
        refuse(construct, "=", types.of(operands.get(0)), ValueTypes.UNTYPED);
        yield construct;
      }
      case CASE -> operands.get(0) == null ? construct : searched(construct, types);
      default -> construct;
    };
  }

  /// `CASE x WHEN a …` compares by an operator that cannot be named: with an extension's type it
  /// becomes `CASE WHEN x = a …`. PostgreSQL computes x once, so x must be the same every time.
  private SqlNode searched(Construct construct, ValueTypes types) {
    List<SqlNode> operands = construct.getOperandList();
    SqlNode subject = operands.get(0);
    if (types.of(subject) == ValueTypes.UNTYPED) {
      // PostgreSQL takes it for text.
      return construct;
    }
    List<SqlNode> conditions = new ArrayList<>();
    boolean found = false;
    for (SqlNode value : (SqlNodeList) operands.get(1)) {
      Optional<String> schema = schema(construct, "=", types.of(subject), types.of(value));
      found |= schema.isPresent();
      List<String> names = schema.map(List::of).orElse(List.of());
      conditions.add(new Operation(value.getParserPosition(), names, "=", subject, value));
    }
    if (!found) {
      return construct;
    }
    if (!SpelledOut.isRepeatable(subject)) {
      throw Refusal.notSupported(construct, "CASE with this subject of an extension's type");
    }
    SqlNodeList list = new SqlNodeList(conditions, operands.get(1).getParserPosition());
    return new Construct(
        construct.getParserPosition(),
        Construct.Form.CASE,
        "",
        null,
        list,
        operands.get(2),
        operands.get(3));
  }

  private SqlNode in(Construct in, ValueTypes types) {
    boolean not = in.form() == Construct.Form.NOT_IN;
    SqlNode value = in.getOperandList().get(0);
    SqlNode set = in.getOperandList().get(1);
    String symbol = not ? "<>" : "=";
    refuseRows(in, types, value, set);
    if (set instanceof Query query) {
      return schema(in, symbol, types.of(value), types.of(query))
          .<SqlNode>map(schema ->
              new Quantified(in.getParserPosition(), List.of(schema), symbol, not, value, query))
          .orElse(in);
    }
    List<SqlNode> others = List.copyOf((SqlNodeList) set);
    List<String> symbols = others.stream().map(other -> symbol).toList();
    return both(in, not ? Construct.Form.AND : Construct.Form.OR, symbols, others, types);
  }

  /// The same value compared several times.
  private SqlNode both(
      Construct construct,
      Construct.Form join,
      List<String> symbols,
      List<SqlNode> others,
      ValueTypes types) {
    SqlNode value = construct.getOperandList().get(0);
    List<SqlNode> parts = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      Optional<String> schema =
          schema(construct, symbols.get(i), types.of(value), types.of(others.get(i)));
      if (schema.isEmpty()) {
        return construct;
      }
      if (!(value instanceof SqlIdentifier)) {
        throw Refusal.notSupported(construct, "this comparison of an extension's type");
      }
      parts.add(
          new Operation(
              construct.getParserPosition(),
              List.of(schema.get()),
              symbols.get(i),
              value,
              others.get(i)));
    }
    return parts.size() == 1
        ? parts.get(0)
        : new Construct(construct.getParserPosition(), join, parts.toArray(new SqlNode[0]));
  }

  private SqlNode pattern(Construct construct, String symbol, ValueTypes types) {
    List<SqlNode> operands = construct.getOperandList();
    Optional<String> schema =
        schema(construct, symbol, types.of(operands.get(0)), types.of(operands.get(1)));
    if (schema.isEmpty()) {
      return construct;
    }
    if (operands.size() > 2) {
      throw Refusal.notSupported(construct, "ESCAPE on an extension's type");
    }
    return new Operation(
        construct.getParserPosition(),
        List.of(schema.get()),
        symbol,
        operands.get(0),
        operands.get(1));
  }

  private void refuse(SqlNode at, String symbol, long left, long right) {
    if (schema(at, symbol, left, right).isPresent()) {
      throw Refusal.notSupported(at, "this form on an extension's type; write it with " + symbol);
    }
  }

  /// A comparison of rows is one of their fields, each by an operator of its own name.
  private void refuseRows(SqlNode at, ValueTypes types, SqlNode... sides) {
    for (SqlNode side : sides) {
      if (rowFields(side).stream()
          .anyMatch(field -> facts.extensionType(types.of(field)).isPresent())) {
        throw Refusal.notSupported(
            at, "a comparison of rows with an extension's type in them; compare the fields");
      }
    }
  }

  private static List<SqlNode> rowFields(SqlNode side) {
    if (side instanceof Construct row
        && (row.form() == Construct.Form.ROW || row.form() == Construct.Form.IMPLICIT_ROW)) {
      return List.copyOf(row.getOperandList());
    }
    if (side instanceof Query query
        && query.body() instanceof Select select
        && select.targets().size() > 1) {
      return select.targets().stream().map(target -> ((Target) target).expression()).toList();
    }
    return side instanceof SqlNodeList list
        ? list.stream().flatMap(item -> rowFields(item).stream()).toList()
        : List.of();
  }

  /// The schema whose operator PostgreSQL would take; empty for `pg_catalog`.
  private Optional<String> schema(SqlNode at, String symbol, long left, long right) {
    Optional<SourceFacts.Type> leftType = facts.extensionType(left);
    Optional<SourceFacts.Type> type = leftType.or(() -> facts.extensionType(right));
    if (type.isEmpty()) {
      return Optional.empty();
    }
    boolean leftSide = leftType.isPresent();
    long own = facts.extensionOid(leftSide ? left : right);
    long other = leftSide ? right : left;
    if (other == ValueTypes.UNKNOWN || type.get().schema().isEmpty()) {
      throw Refusal.notSupported(
          at,
          "operator " + symbol + " on type " + type.get().name() + " without a cast of both sides");
    }
    long beside = other == ValueTypes.UNTYPED ? other : facts.extensionOid(other);
    if (!facts.hasOperator(type.get(), own, symbol, leftSide, beside)) {
      return Optional.empty();
    }
    granted.add(type.get().schema() + "." + symbol);
    return Optional.of(type.get().schema());
  }

  /// Qualifies a function that the extension overloads for its type, `min(citext)`, or that it
  /// brings along.
  private SqlNode function(FunctionCall call, ValueTypes types) {
    List<String> names = call.name().names;
    if (names.size() > 2 || call.spelling() != FunctionCall.Spelling.PLAIN) {
      return call;
    }
    String name = names.get(names.size() - 1);
    for (SqlNode argument : call.arguments()) {
      long type = types.of(argument);
      Optional<SourceFacts.Type> extension = facts.extensionType(type);
      if (names.size() == 1
          && lists.isFree(name)
          && extension.isPresent()
          && facts.hasFunction(extension.get(), facts.extensionOid(type), name)) {
        return qualified(call, extension.get().schema(), name);
      }
    }
    List<String> schemas = names.size() == 2 ? names.subList(0, 1) : searchPath;
    if (lists.isFree(name) && names.size() == 1) {
      return call;
    }
    return schemas.stream()
        .filter(schema ->
            facts
                .ownerOf(schema, name)
                .filter(owner -> lists.isOfExtension(owner, name))
                .isPresent())
        .findFirst()
        .map(schema -> qualified(call, schema, name))
        .orElse(call);
  }

  private FunctionCall qualified(FunctionCall call, String schema, String name) {
    granted.add(schema + "." + name);
    return call.named(new SqlIdentifier(List.of(schema, name), call.name().getParserPosition()));
  }
}
