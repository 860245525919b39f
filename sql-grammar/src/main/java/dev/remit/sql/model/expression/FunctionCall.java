package dev.remit.sql.model.expression;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// A call of a named function, aggregate or window function, in plain or in SQL's special spelling.
///
/// Operands: 0 arguments (list) · 1 sort items (list) · 2 FILTER condition · 3 window (a
/// [WindowDefinition]).
public final class FunctionCall extends SyntaxNode {
  private final SqlIdentifier name;
  private final Spelling spelling;
  private final Options options;

  /// How the call is written. Arguments stand in the order of the text; PostgreSQL passes them as
  /// said here.
  public enum Spelling {
    /// `name(arguments)`
    PLAIN,
    /// `extract(field from source)`: arguments: field as a string, source.
    EXTRACT,
    /// `position(a in b)`: passed as (b, a).
    POSITION,
    /// `overlay(a placing b from c)`
    OVERLAY_FROM,
    /// `overlay(a placing b from c for d)`
    OVERLAY_FROM_FOR,
    SUBSTRING_FROM,
    SUBSTRING_FROM_FOR,
    /// `substring(a for b)`: passed as (a, 1, b).
    SUBSTRING_FOR,
    /// `substring(a similar b escape c)`
    SUBSTRING_SIMILAR,
    /// `trim(both a from b)`: passed as (b, a); name `btrim`.
    TRIM_BOTH_FROM,
    /// `trim(both from a)` and `trim(a, b)`; name `btrim`.
    TRIM_BOTH,
    /// Name `ltrim`.
    TRIM_LEADING_FROM,
    TRIM_LEADING,
    /// Name `rtrim`.
    TRIM_TRAILING_FROM,
    TRIM_TRAILING,
    /// `normalize(a)` or `normalize(a, NFC)`; the form is a string.
    NORMALIZE,
    /// `collation for (a)`; name `pg_collation_for`.
    COLLATION_FOR,
    /// `a at time zone b`: passed as (b, a); name `timezone`.
    AT_TIME_ZONE,
    /// `a at local`; name `timezone`.
    AT_LOCAL,
    /// `(a, b) overlaps (c, d)`: four arguments; name `overlaps`.
    OVERLAPS
  }

  /// What may stand about the arguments.
  ///
  /// @param star `count(*)`
  /// @param variadic the last argument is an array of the rest
  /// @param withinGroup the sort items stand in WITHIN GROUP
  /// @param over a window's name in `OVER name`; empty otherwise
  /// @param overPosition where that name stands
  public record Options(
      boolean star,
      boolean distinct,
      boolean variadic,
      boolean withinGroup,
      String over,
      SqlParserPos overPosition) {
    /// Nothing but arguments.
    public static final Options NONE =
        new Options(false, false, false, false, "", SqlParserPos.ZERO);
  }

  public FunctionCall(
      SqlParserPos position,
      SqlIdentifier name,
      Spelling spelling,
      Options options,
      SqlNodeList arguments,
      @Nullable SqlNodeList orderBy,
      @Nullable SqlNode filter,
      @Nullable SqlNode window) {
    super(position, arguments, orderBy, filter, window);
    this.name = name;
    this.spelling = spelling;
    this.options = options;
  }

  /// A plain call.
  public static FunctionCall of(SqlIdentifier name, SqlNodeList arguments) {
    return new FunctionCall(
        name.getParserPosition(), name, Spelling.PLAIN, Options.NONE, arguments, null, null, null);
  }

  @Override
  protected FunctionCall rebuilt(
      SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    FunctionCall copy =
        new FunctionCall(position, name, spelling, options, arguments(), null, null, null);
    for (int i = 0; i < operands.size(); i++) {
      copy.setOperand(i, operands.get(i));
    }
    return copy;
  }

  @Override
  public SqlKind getKind() {
    return SqlKind.OTHER_FUNCTION;
  }

  /// The same call of another name, for example a qualified one. Special spellings name functions
  /// of pg_catalog whatever the search path says.
  public FunctionCall named(SqlIdentifier newName) {
    FunctionCall copy =
        new FunctionCall(
            getParserPosition(), newName, spelling, options, arguments(), null, null, null);
    for (int i = 1; i < 4; i++) {
      copy.setOperand(i, optional(i));
    }
    return copy;
  }

  /// One to three parts. For special spellings `pg_catalog.` and the function PostgreSQL calls.
  public SqlIdentifier name() {
    return name;
  }

  public Spelling spelling() {
    return spelling;
  }

  public Options options() {
    return options;
  }

  /// Expressions and [NamedArgument]s.
  public SqlNodeList arguments() {
    return list(0);
  }

  /// Of the aggregate, or of WITHIN GROUP.
  public SqlNodeList orderBy() {
    return list(1);
  }

  public Optional<SqlNode> filter() {
    return Optional.ofNullable(optional(2));
  }

  /// The definition in `OVER (…)`; a mere name is in the options.
  public Optional<SqlNode> window() {
    return Optional.ofNullable(optional(3));
  }
}
