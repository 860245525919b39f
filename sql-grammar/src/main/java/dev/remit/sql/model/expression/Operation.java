package dev.remit.sql.model.expression;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// An operator symbol before one operand or between two: `- a`, `a = b`, `a ->> b`, `a
/// OPERATOR(pg_catalog.+) b`.
///
/// Operands: 0 left, 1 right; or 0 alone for a prefix operator.
public final class Operation extends SyntaxNode {
  private final List<String> schema;
  private final String symbol;

  /// @param schema the qualification in `OPERATOR(schema.symbol)`; empty for a bare symbol
  /// @param symbol as PostgreSQL names it; `!=` is `<>`
  /// @param operands one or two
  public Operation(
      SqlParserPos position, List<String> schema, String symbol, @Nullable SqlNode... operands) {
    super(position, operands);
    this.schema = List.copyOf(schema);
    this.symbol = symbol;
  }

  @Override
  protected Operation rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    return new Operation(position, schema, symbol, operands.toArray(new SqlNode[0]));
  }

  @Override
  public SqlKind getKind() {
    if (isPrefix()) {
      return switch (symbol) {
        case "-" -> SqlKind.MINUS_PREFIX;
        case "+" -> SqlKind.PLUS_PREFIX;
        default -> SqlKind.OTHER;
      };
    }
    return switch (symbol) {
      case "=" -> SqlKind.EQUALS;
      case "<>" -> SqlKind.NOT_EQUALS;
      case "<" -> SqlKind.LESS_THAN;
      case "<=" -> SqlKind.LESS_THAN_OR_EQUAL;
      case ">" -> SqlKind.GREATER_THAN;
      case ">=" -> SqlKind.GREATER_THAN_OR_EQUAL;
      case "+" -> SqlKind.PLUS;
      case "-" -> SqlKind.MINUS;
      case "*" -> SqlKind.TIMES;
      case "/" -> SqlKind.DIVIDE;
      default -> SqlKind.OTHER;
    };
  }

  /// The same operation with its operator qualified.
  public Operation qualified(List<String> newSchema) {
    return new Operation(
        getParserPosition(), newSchema, symbol, getOperandList().toArray(new SqlNode[0]));
  }

  public List<String> schema() {
    return schema;
  }

  public String symbol() {
    return symbol;
  }

  public boolean isPrefix() {
    return getOperandList().size() == 1;
  }
}
