package dev.remit.sql.model;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// One member of a FROM list.
public sealed interface FromItem {

  /// The name given by AS, if any.
  Optional<Alias> alias();

  /// `AS name (columns)`.
  ///
  /// @param columns empty when the item's own column names hold; fewer than the item has are
  ///   allowed
  record Alias(String name, List<String> columns) {
    public Alias {
      columns = List.copyOf(columns);
    }

    /// An alias without column names.
    public static Alias of(String name) {
      return new Alias(name, List.of());
    }
  }

  /// `[ONLY] name [AS alias] [TABLESAMPLE method(…) [REPEATABLE (seed)]]`.
  ///
  /// Operands: 0 sampling method (a [dev.remit.sql.model.expression.FunctionCall]) · 1 seed.
  final class TableName extends SyntaxNode implements FromItem {
    private final SqlIdentifier name;
    private final boolean only;
    private final @Nullable Alias alias;

    public TableName(
        SqlParserPos position,
        SqlIdentifier name,
        boolean only,
        @Nullable Alias alias,
        @Nullable SqlNode sample,
        @Nullable SqlNode seed) {
      super(position, sample, seed);
      this.name = name;
      this.only = only;
      this.alias = alias;
    }

    @Override
    protected TableName rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
      return new TableName(position, name, only, alias, operands.get(0), operands.get(1));
    }

    /// One to three parts.
    public SqlIdentifier name() {
      return name;
    }

    public boolean only() {
      return only;
    }

    public Optional<SqlNode> sample() {
      return Optional.ofNullable(optional(0));
    }

    public Optional<SqlNode> seed() {
      return Optional.ofNullable(optional(1));
    }

    @Override
    public Optional<Alias> alias() {
      return Optional.ofNullable(alias);
    }
  }

  /// `[LATERAL] (query) [AS alias]`. Operand 0: the [Query].
  final class Subquery extends SyntaxNode implements FromItem {
    private final boolean lateral;
    private final @Nullable Alias alias;

    public Subquery(SqlParserPos position, boolean lateral, SqlNode query, @Nullable Alias alias) {
      super(position, query);
      this.lateral = lateral;
      this.alias = alias;
    }

    @Override
    protected Subquery rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
      Subquery copy = new Subquery(position, lateral, query(), alias);
      copy.setOperand(0, operands.get(0));
      return copy;
    }

    public boolean lateral() {
      return lateral;
    }

    public SqlNode query() {
      return required(0);
    }

    @Override
    public Optional<Alias> alias() {
      return Optional.ofNullable(alias);
    }
  }

  /// `[LATERAL] f(…) [WITH ORDINALITY] [AS alias]` or `ROWS FROM (f(…), g(…))`.
  ///
  /// Operands: 0 list of [FunctionSource].
  final class Functions extends SyntaxNode implements FromItem {
    private final boolean lateral;
    private final boolean rowsFrom;
    private final boolean ordinality;
    private final @Nullable Alias alias;

    public Functions(
        SqlParserPos position,
        boolean lateral,
        boolean rowsFrom,
        SqlNodeList sources,
        boolean ordinality,
        @Nullable Alias alias) {
      super(position, sources);
      this.lateral = lateral;
      this.rowsFrom = rowsFrom;
      this.ordinality = ordinality;
      this.alias = alias;
    }

    @Override
    protected Functions rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
      Functions copy = new Functions(position, lateral, rowsFrom, sources(), ordinality, alias);
      copy.setOperand(0, operands.get(0));
      return copy;
    }

    public boolean lateral() {
      return lateral;
    }

    /// Spelled `ROWS FROM (…)`.
    public boolean rowsFrom() {
      return rowsFrom;
    }

    /// Each element is a [FunctionSource].
    public SqlNodeList sources() {
      return list(0);
    }

    public boolean ordinality() {
      return ordinality;
    }

    @Override
    public Optional<Alias> alias() {
      return Optional.ofNullable(alias);
    }
  }

  /// One call in FROM and, for functions that return a record, its columns: `AS (a int, b text)`.
  ///
  /// Operands: 0 the call · 1 list of [ColumnDefinition].
  final class FunctionSource extends SyntaxNode {

    public FunctionSource(
        SqlParserPos position, SqlNode call, @Nullable SqlNodeList columnDefinitions) {
      super(position, call, columnDefinitions);
    }

    @Override
    protected FunctionSource rebuilt(
        SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
      FunctionSource copy = new FunctionSource(position, call(), null);
      copy.setOperand(0, operands.get(0));
      copy.setOperand(1, operands.get(1));
      return copy;
    }

    public SqlNode call() {
      return required(0);
    }

    public SqlNodeList columnDefinitions() {
      return list(1);
    }
  }

  /// `name type [COLLATE collation]`. Operand 0: the [dev.remit.sql.model.expression.TypeName].
  final class ColumnDefinition extends SyntaxNode {
    private final String name;
    private final @Nullable SqlIdentifier collation;

    public ColumnDefinition(
        SqlParserPos position, String name, SqlNode type, @Nullable SqlIdentifier collation) {
      super(position, type);
      this.name = name;
      this.collation = collation;
    }

    @Override
    protected ColumnDefinition rebuilt(
        SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
      ColumnDefinition copy = new ColumnDefinition(position, name, type(), collation);
      copy.setOperand(0, operands.get(0));
      return copy;
    }

    public String name() {
      return name;
    }

    public SqlNode type() {
      return required(0);
    }

    public Optional<SqlIdentifier> collation() {
      return Optional.ofNullable(collation);
    }
  }

  /// `left JOIN right ON condition | USING (columns) [AS alias]`, also NATURAL and CROSS.
  ///
  /// Operands: 0 left · 1 right · 2 condition.
  final class Join extends SyntaxNode implements FromItem {
    private final Kind kind;
    private final boolean natural;
    private final List<String> using;
    private final @Nullable String usingAlias;
    private final @Nullable Alias alias;

    /// Which rows without a partner stay.
    public enum Kind {
      CROSS,
      INNER,
      LEFT,
      RIGHT,
      FULL
    }

    /// @param using the columns of USING; empty without it
    /// @param usingAlias `USING (…) AS alias`: names the joined columns only
    /// @param alias of the whole join in parentheses: hides the names inside
    public Join(
        SqlParserPos position,
        Kind kind,
        boolean natural,
        SqlNode left,
        SqlNode right,
        @Nullable SqlNode condition,
        List<String> using,
        @Nullable String usingAlias,
        @Nullable Alias alias) {
      super(position, left, right, condition);
      this.kind = kind;
      this.natural = natural;
      this.using = List.copyOf(using);
      this.usingAlias = usingAlias;
      this.alias = alias;
    }

    @Override
    protected Join rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
      Join copy =
          new Join(position, kind, natural, left(), right(), null, using, usingAlias, alias);
      for (int i = 0; i < operands.size(); i++) {
        copy.setOperand(i, operands.get(i));
      }
      return copy;
    }

    /// The same join under an alias.
    public Join as(Alias name) {
      return new Join(
          getParserPosition(),
          kind,
          natural,
          left(),
          right(),
          optional(2),
          using,
          usingAlias,
          name);
    }

    @Override
    public SqlKind getKind() {
      return SqlKind.JOIN;
    }

    public Kind kind() {
      return kind;
    }

    public boolean natural() {
      return natural;
    }

    public SqlNode left() {
      return required(0);
    }

    public SqlNode right() {
      return required(1);
    }

    public Optional<SqlNode> condition() {
      return Optional.ofNullable(optional(2));
    }

    public List<String> using() {
      return using;
    }

    public Optional<String> usingAlias() {
      return Optional.ofNullable(usingAlias);
    }

    @Override
    public Optional<Alias> alias() {
      return Optional.ofNullable(alias);
    }
  }
}
