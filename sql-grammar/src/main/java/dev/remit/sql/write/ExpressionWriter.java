package dev.remit.sql.write;

import dev.remit.sql.model.Query;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Collation;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FieldAccess;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.NamedArgument;
import dev.remit.sql.model.expression.Operation;
import dev.remit.sql.model.expression.Quantified;
import dev.remit.sql.model.expression.Subscript;
import dev.remit.sql.model.expression.TypeName;
import dev.remit.sql.model.expression.WindowDefinition;
import dev.remit.sql.model.worded.Worded;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.jspecify.annotations.Nullable;

/// Writes expressions. Every operator with operands stands in parentheses of its own, which
/// PostgreSQL drops again when it parses.
final class ExpressionWriter {
  private final Output output;
  private final QueryWriter queries;
  private final ConstructWriter constructs;
  private final CallWriter calls;
  private final WordedWriter worded;

  ExpressionWriter(Output output, QueryWriter queries) {
    this.output = output;
    this.queries = queries;
    this.constructs = new ConstructWriter(output, this);
    this.calls = new CallWriter(output, this);
    this.worded = new WordedWriter(output, this, queries);
  }

  void write(SqlNode node) {
    switch (node) {
      case SqlIdentifier identifier -> output.from(node).names(identifier.names);
      case SqlLiteral literal -> literal(literal);
      case SqlDynamicParam parameter ->
          output.from(node).add("$").add(String.valueOf(parameter.getIndex() + 1));
      case Query query -> parenthesised(query);
      case Operation operation -> operation(operation);
      case Quantified quantified -> quantified(quantified);
      case Construct construct -> constructs.write(construct);
      case FunctionCall call -> calls.write(call);
      case Worded call -> worded.write(call);
      case NamedArgument argument -> {
        output.from(node).name(argument.name()).add(" => ");
        write(argument.value());
      }
      case Cast cast -> cast(cast);
      case TypeName type -> type(type);
      case FieldAccess access -> {
        composite(access.value());
        output.add(".").names(List.of(access.field()));
      }
      case Subscript subscript -> subscript(subscript);
      case Collation collation -> {
        output.add("(");
        write(collation.value());
        output.from(node).add(" COLLATE ").names(collation.name().names).add(")");
      }
      default ->
          throw new IllegalStateException(
              "no PostgreSQL text for a node of " + node.getClass().getName());
    }
  }

  void parenthesised(Query query) {
    output.from(query).add("(");
    queries.write(query);
    output.add(")");
  }

  /// Expressions with commas between.
  void list(List<? extends @Nullable SqlNode> nodes) {
    boolean first = true;
    for (SqlNode node : nodes) {
      output.add(first ? "" : ", ");
      if (node != null) {
        write(node);
      }
      first = false;
    }
  }

  void operator(List<String> schema, String symbol) {
    if (schema.isEmpty()) {
      output.add(symbol);
    } else {
      output.add("OPERATOR(").names(schema).add(".").add(symbol).add(")");
    }
  }

  /// A value before a field or subscript: in parentheses, unless it is a column reference whose
  /// subscript follows, or has parentheses anyway.
  private void composite(SqlNode value) {
    if (value instanceof Query) {
      write(value);
    } else {
      output.add("(");
      write(value);
      output.add(")");
    }
  }

  private void operation(Operation operation) {
    List<SqlNode> operands = operation.getOperandList();
    output.add("(");
    if (!operation.isPrefix()) {
      write(operands.getFirst());
      output.add(" ");
    }
    output.from(operation);
    operator(operation.schema(), operation.symbol());
    output.add(" ");
    write(operands.getLast());
    output.add(")");
  }

  private void quantified(Quantified quantified) {
    output.add("(");
    write(quantified.left());
    output.add(" ").from(quantified);
    operator(quantified.schema(), quantified.symbol());
    output.add(quantified.all() ? " ALL " : " ANY ");
    if (quantified.right() instanceof Query query) {
      parenthesised(query);
    } else {
      output.add("(");
      write(quantified.right());
      output.add(")");
    }
    output.add(")");
  }

  private void cast(Cast cast) {
    output.from(cast).add("CAST(");
    write(cast.value());
    output.add(" AS ");
    type(cast.type());
    output.add(")");
  }

  void type(TypeName type) {
    output.from(type);
    boolean interval = type.names().equals(List.of("pg_catalog", "interval"));
    if (interval) {
      output.add("interval");
    } else {
      output.names(type.names());
    }
    if (!type.modifiers().isEmpty()) {
      output.add("(");
      list(type.modifiers());
      output.add(")");
    }
    if (!type.intervalFields().isEmpty()) {
      output.add(" ").add(type.intervalFields());
    }
    for (int bound : type.bounds()) {
      output.add(bound < 0 ? "[]" : "[" + bound + "]");
    }
  }

  private void subscript(Subscript subscript) {
    if (subscript.value() instanceof Subscript inner && !subscript.apart()) {
      subscript(inner);
    } else {
      composite(subscript.value());
    }
    output.add("[");
    subscript.lower().ifPresent(this::write);
    if (subscript.slice()) {
      output.add(":");
      subscript.upper().ifPresent(this::write);
    }
    output.add("]");
  }

  private void literal(SqlLiteral literal) {
    output.from(literal);
    switch (literal.getTypeName()) {
      case NULL -> output.add("NULL");
      case BOOLEAN -> output.add(literal.booleanValue() ? "TRUE" : "FALSE");
      case CHAR, VARCHAR -> output.string(literal.getValueAs(String.class));
      case DECIMAL, DOUBLE, INTEGER, BIGINT -> output.add(number(literal));
      default ->
          throw new IllegalStateException(
              "no PostgreSQL text for a literal of type " + literal.getTypeName());
    }
  }

  private static String number(SqlLiteral literal) {
    BigDecimal value = literal.bigDecimalValue();
    if (value == null) {
      throw new IllegalStateException("a number without a value");
    }
    boolean exact = !(literal instanceof SqlNumericLiteral number) || number.isExact();
    String text = value.signum() < 0 ? value.negate().toString() : value.toString();
    String digits = exact || text.contains(".") || text.contains("E") ? text : text + ".";
    return value.signum() < 0 ? "(- " + digits + ")" : digits;
  }

  void window(WindowDefinition window) {
    calls.window(window);
  }

  void orderBy(SqlNodeList order) {
    queries.orderBy(order);
  }
}
