package dev.remit.sql.model.worded;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// A call with words between its arguments, as the SQL/JSON and XML parts of the standard have
/// them: `JSON_VALUE(a, '$.b' RETURNING int4 NULL ON EMPTY)`.
///
/// It keeps what the parser read, in order: words (keywords and punctuation of the grammar, never
/// text of the caller), names, and operands. Operands are expressions, a query, [TypeName]s, lists
/// of sort items and a [WindowDefinition].
public final class Worded extends SyntaxNode {
  private final Form form;
  private final List<Part> parts;
  private final List<Column> columns;

  /// The closed list of such calls.
  public enum Form {
    JSON,
    JSON_ARRAY,
    JSON_ARRAYAGG,
    JSON_EXISTS,
    JSON_OBJECT,
    JSON_OBJECTAGG,
    JSON_QUERY,
    JSON_SCALAR,
    JSON_SERIALIZE,
    JSON_TABLE,
    JSON_VALUE,
    XMLCONCAT,
    XMLELEMENT,
    XMLEXISTS,
    XMLFOREST,
    XMLPARSE,
    XMLPI,
    XMLROOT,
    XMLSERIALIZE,
    XMLTABLE;

    /// The label of a column of it, and the alias of a table of it.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it stands in FROM and has columns.
    public boolean isTable() {
      return this == JSON_TABLE || this == XMLTABLE;
    }
  }

  /// One piece of the text.
  public sealed interface Part {
    /// A keyword or punctuation, and where it stands.
    record Word(String text, SqlParserPos position) implements Part {}

    /// An identifier: of an element, an attribute, a variable, a column.
    record Name(String text) implements Part {}

    /// The operand of that index.
    record Operand(int index) implements Part {}
  }

  /// A column of a table of this form.
  ///
  /// @param type index of the operand that is its type, -1 for a number of the row
  public record Column(String name, int type) {}

  public Worded(
      SqlParserPos position,
      Form form,
      List<Part> parts,
      List<Column> columns,
      @Nullable SqlNode... operands) {
    super(position, operands);
    this.form = form;
    this.parts = List.copyOf(parts);
    this.columns = List.copyOf(columns);
  }

  @Override
  protected Worded rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    return new Worded(position, form, parts, columns, operands.toArray(new SqlNode[0]));
  }

  public Form form() {
    return form;
  }

  /// In the order of the text; each operand once.
  public List<Part> parts() {
    return parts;
  }

  /// Of JSON_TABLE and XMLTABLE, in their order; empty for the others.
  public List<Column> columns() {
    return columns;
  }

  public SqlNode operand(Part.Operand part) {
    return required(part.index());
  }
}
