package dev.remit.policy.expression;

import dev.remit.policy.model.PolicyValue;
import dev.remit.policy.model.SqlExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlNode;

/// Collects the values of one expression while its text is put together, and makes the tree.
///
/// Used by one thread for one expression. Everything it quotes is a name; every constant goes
/// through [#value].
public final class SqlBuilder {
  private final List<PolicyValue> values = new ArrayList<>();
  private final Function<String, SqlNode> reader;

  /// Reads each finished text by the grammar.
  public SqlBuilder() {
    this(Grammar::read);
  }

  /// @param reader gives the tree of a finished text: [Grammar#read], or one that remembers
  public SqlBuilder(Function<String, SqlNode> reader) {
    this.reader = reader;
  }

  /// Binds a value and gives the text that stands for it, cast to its type.
  public String value(String type, String text) {
    values.add(new PolicyValue(type, text));
    return cast("$" + values.size(), systemType(type));
  }

  /// `CAST(expression AS type)`; the type is already in its written form.
  public static String cast(String expression, String type) {
    return "CAST(" + expression + " AS " + type + ")";
  }

  /// A type of `pg_catalog` by its internal name.
  public static String systemType(String name) {
    return "\"pg_catalog\"." + quote(name);
  }

  /// A call of a function in `pg_catalog`.
  public static String call(String function, String... arguments) {
    return "\"pg_catalog\"." + quote(function) + "(" + String.join(", ", arguments) + ")";
  }

  /// Two operands in parentheses around an operator of `pg_catalog`.
  public static String binary(String left, String symbol, String right) {
    return binary(left, "pg_catalog", symbol, right);
  }

  static String binary(String left, String schema, String symbol, String right) {
    return "(" + left + " " + operator(schema, symbol) + " " + right + ")";
  }

  /// An operator by its schema, so that none of another schema takes its place.
  static String operator(String schema, String symbol) {
    return "OPERATOR(" + quote(schema) + "." + symbol + ")";
  }

  /// A name in double quotes, so that it means exactly itself.
  public static String quote(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /// The tree of the finished text, with every value bound so far.
  public SqlExpression expression(String sql) {
    return new SqlExpression(reader.apply(sql), values);
  }
}
