package dev.remit.proxy.resolve;

import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Select;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// One mention of a relation in a FROM clause. Compared by identity: two mentions of one table are
/// two uses.
///
/// Filled by the resolver while it reads one statement, on one thread; read only afterwards.
public final class TableUse {
  private final VisibleRelation relation;
  private final FromItem.Alias alias;
  private final SqlParserPos position;
  private final boolean only;
  private final Select level;
  private final Consumer<SqlNode> place;
  private final Set<String> read = new LinkedHashSet<>();

  TableUse(
      VisibleRelation relation,
      FromItem.Alias alias,
      SqlParserPos position,
      boolean only,
      Select level,
      Consumer<SqlNode> place) {
    this.relation = relation;
    this.alias = alias;
    this.position = position;
    this.only = only;
    this.level = level;
    this.place = place;
  }

  public VisibleRelation relation() {
    return relation;
  }

  /// The name by which the rest of the statement refers to it, and column names if it gave any.
  public FromItem.Alias alias() {
    return alias;
  }

  public SqlParserPos position() {
    return position;
  }

  /// Whether the rows of its children are left out.
  public boolean only() {
    return only;
  }

  /// The SELECT in whose FROM clause it stands.
  public Select level() {
    return level;
  }

  /// Names of the visible columns that the statement refers to, in order of first reference.
  public Set<String> columnsRead() {
    return read;
  }

  void read(String column) {
    read.add(column);
  }

  /// Puts the governed query where the name stood, under the same alias.
  public void replaceWith(SqlNode governed) {
    place.accept(new FromItem.Subquery(position, false, governed, alias));
  }
}
