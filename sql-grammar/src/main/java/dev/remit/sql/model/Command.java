package dev.remit.sql.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// A statement that is no query: the session's and transaction's commands in full, all others only
/// by name, so that they can be refused by name.
public abstract sealed class Command extends SyntaxNode implements Statement
    permits SessionCommand,
        Command.Explain,
        Command.Prepare,
        Command.Execute,
        Command.Forget,
        Command.DeclareCursor,
        Command.FetchCursor,
        Command.Copy,
        Command.Refused {

  Command(SqlParserPos position, @Nullable SqlNode... operands) {
    super(position, operands);
  }

  @Override
  protected Command rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    Command copy = copy(position);
    for (int i = 0; i < operands.size(); i++) {
      copy.setOperand(i, operands.get(i));
    }
    return copy;
  }

  abstract Command copy(SqlParserPos position);

  /// The name under which PostgreSQL lists the command: `DECLARE CURSOR`.
  public abstract String tag();

  /// One `name value` in parentheses, or a word of the older spelling; names in lower case.
  ///
  /// @param value decoded; empty when none stands
  /// @param values of a list such as `force_quote (a, b)`; a star is the list `*`
  public record Option(String name, String value, List<String> values) {
    public Option {
      values = List.copyOf(values);
    }
  }

  /// `EXPLAIN [options] statement`. Operand 0: the statement.
  public static final class Explain extends Command {
    private final List<Option> options;

    public Explain(SqlParserPos position, List<Option> options, SqlNode statement) {
      super(position, statement);
      this.options = List.copyOf(options);
    }

    @Override
    Explain copy(SqlParserPos position) {
      return new Explain(position, options, required(0));
    }

    @Override
    public String tag() {
      return "EXPLAIN";
    }

    public List<Option> options() {
      return options;
    }

    /// A [Statement].
    public SqlNode statement() {
      return required(0);
    }
  }

  /// `PREPARE name (types) AS statement`. Operands: 0 the statement · 1 list of types.
  public static final class Prepare extends Command {
    private final String name;

    public Prepare(
        SqlParserPos position, String name, SqlNode statement, @Nullable SqlNodeList types) {
      super(position, statement, types);
      this.name = name;
    }

    @Override
    Prepare copy(SqlParserPos position) {
      return new Prepare(position, name, required(0), null);
    }

    @Override
    public String tag() {
      return "PREPARE";
    }

    public String name() {
      return name;
    }

    public SqlNode statement() {
      return required(0);
    }

    /// Each element is a [dev.remit.sql.model.expression.TypeName].
    public SqlNodeList types() {
      return list(1);
    }
  }

  /// `EXECUTE name (arguments)`. Operand 0: arguments (list).
  public static final class Execute extends Command {
    private final String name;

    public Execute(SqlParserPos position, String name, @Nullable SqlNodeList arguments) {
      super(position, arguments);
      this.name = name;
    }

    @Override
    Execute copy(SqlParserPos position) {
      return new Execute(position, name, null);
    }

    @Override
    public String tag() {
      return "EXECUTE";
    }

    public String name() {
      return name;
    }

    public SqlNodeList arguments() {
      return list(0);
    }
  }

  /// `DEALLOCATE` and `CLOSE`, of one or of all.
  public static final class Forget extends Command {
    private final boolean cursor;
    private final @Nullable String name;

    /// @param cursor CLOSE rather than DEALLOCATE
    /// @param name null for ALL
    public Forget(SqlParserPos position, boolean cursor, @Nullable String name) {
      super(position);
      this.cursor = cursor;
      this.name = name;
    }

    @Override
    Forget copy(SqlParserPos position) {
      return new Forget(position, cursor, name);
    }

    @Override
    public String tag() {
      String all = name == null ? " ALL" : "";
      return (cursor ? "CLOSE CURSOR" : "DEALLOCATE") + all;
    }

    public boolean cursor() {
      return cursor;
    }

    /// Empty for ALL.
    public Optional<String> name() {
      return Optional.ofNullable(name);
    }
  }

  /// `DECLARE name options CURSOR FOR query`. Operand 0: the [Query].
  public static final class DeclareCursor extends Command {
    private final String name;
    private final List<String> options;

    /// @param options in lower case: `binary`, `insensitive`, `asensitive`, `scroll`, `no scroll`,
    ///   `with hold`, `without hold`
    public DeclareCursor(SqlParserPos position, String name, List<String> options, SqlNode query) {
      super(position, query);
      this.name = name;
      this.options = List.copyOf(options);
    }

    @Override
    DeclareCursor copy(SqlParserPos position) {
      return new DeclareCursor(position, name, options, required(0));
    }

    @Override
    public String tag() {
      return "DECLARE CURSOR";
    }

    public String name() {
      return name;
    }

    public List<String> options() {
      return options;
    }

    public SqlNode query() {
      return required(0);
    }
  }

  /// `FETCH` and `MOVE`.
  public static final class FetchCursor extends Command {
    private final boolean move;
    private final String direction;
    private final Optional<Long> count;
    private final String cursor;

    /// @param direction `next`, `prior`, `first`, `last`, `absolute`, `relative`, `forward`,
    ///   `backward`
    /// @param count rows or place; empty with `forward` or `backward` means ALL
    public FetchCursor(
        SqlParserPos position,
        boolean move,
        String direction,
        Optional<Long> count,
        String cursor) {
      super(position);
      this.move = move;
      this.direction = direction;
      this.count = count;
      this.cursor = cursor;
    }

    @Override
    FetchCursor copy(SqlParserPos position) {
      return new FetchCursor(position, move, direction, count, cursor);
    }

    @Override
    public String tag() {
      return move ? "MOVE" : "FETCH";
    }

    public boolean move() {
      return move;
    }

    public String direction() {
      return direction;
    }

    public Optional<Long> count() {
      return count;
    }

    public String cursor() {
      return cursor;
    }
  }

  /// `COPY (query) | table (columns) TO STDOUT options`. Operand 0: the query; absent for a table.
  ///
  /// COPY FROM, files and programs are [Refused].
  public static final class Copy extends Command {
    private final @Nullable SqlIdentifier table;
    private final List<String> columns;
    private final List<Option> options;

    public Copy(
        SqlParserPos position,
        @Nullable SqlNode query,
        @Nullable SqlIdentifier table,
        List<String> columns,
        List<Option> options) {
      super(position, query);
      this.table = table;
      this.columns = List.copyOf(columns);
      this.options = List.copyOf(options);
    }

    @Override
    Copy copy(SqlParserPos position) {
      return new Copy(position, optional(0), table, columns, options);
    }

    @Override
    public String tag() {
      return "COPY";
    }

    public Optional<SqlNode> query() {
      return Optional.ofNullable(optional(0));
    }

    public Optional<SqlIdentifier> table() {
      return Optional.ofNullable(table);
    }

    public List<String> columns() {
      return columns;
    }

    public List<Option> options() {
      return options;
    }
  }

  /// Any other command, known by its first words only.
  public static final class Refused extends Command {
    private final String tag;
    private final boolean writes;

    /// @param tag its first words in upper case: `CREATE TABLE`
    /// @param writes whether it changes data or definitions: SQLSTATE 25006 rather than 0A000
    public Refused(SqlParserPos position, String tag, boolean writes) {
      super(position);
      this.tag = Objects.requireNonNull(tag);
      this.writes = writes;
    }

    @Override
    Refused copy(SqlParserPos position) {
      return new Refused(position, tag, writes);
    }

    @Override
    public String tag() {
      return tag;
    }

    public boolean writes() {
      return writes;
    }
  }
}
