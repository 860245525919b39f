package dev.remit.policy.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.jspecify.annotations.Nullable;

/// The one place where policy text meets the parser.
public final class Grammar {
  private static final int LONGEST_TEXT = 10_000;
  private static final Pattern PARAMETER = Pattern.compile("\\$([1-9][0-9]*)");
  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.TO_LOWER)
          .withQuotedCasing(Casing.UNCHANGED)
          .withConformance(SqlConformanceEnum.BABEL)
          .withIdentifierMaxLength(63);

  private Grammar() {}

  /// Parses one expression; `$n` becomes dynamic parameter n-1. A text that does not parse is an
  /// `IllegalArgumentException`.
  public static SqlNode read(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("an expression is at most 10,000 characters");
    }
    try {
      SqlNode tree = SqlParser.create(text, CONFIG).parseExpression();
      @Nullable SqlNode numbered = tree.accept(new Parameters());
      return numbered == null ? tree : numbered;
    } catch (SqlParseException failure) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an expression Remit can read", failure);
    }
  }

  /// Text of a tree, in PostgreSQL's language.
  public static String write(SqlNode tree) {
    @Nullable SqlNode numbered = tree.accept(new NumberedParameters());
    return (numbered == null ? tree : numbered).toSqlString(PostgresqlSqlDialect.DEFAULT).getSql();
  }

  /// An operator as it is written between two operands.
  static String operator(String schema, String symbol) {
    return symbol;
  }

  private static final class Parameters extends SqlShuttle {
    @Override
    public @Nullable SqlNode visit(SqlIdentifier identifier) {
      if (identifier.isSimple()) {
        Matcher matcher = PARAMETER.matcher(identifier.getSimple());
        if (matcher.matches()) {
          return new SqlDynamicParam(
              Integer.parseInt(matcher.group(1)) - 1, identifier.getParserPosition());
        }
      }
      return identifier;
    }
  }

  private static final class NumberedParameters extends SqlShuttle {
    @Override
    public SqlNode visit(SqlDynamicParam parameter) {
      return new SqlDynamicParam(parameter.getIndex(), parameter.getParserPosition()) {
        private static final long serialVersionUID = 1L;

        @Override
        public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
          writer.literal("$" + (getIndex() + 1));
        }
      };
    }
  }
}
