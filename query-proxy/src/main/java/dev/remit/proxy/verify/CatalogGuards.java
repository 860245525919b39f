package dev.remit.proxy.verify;

import dev.remit.sql.PostgresSql;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.expression.Construct;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/// Which expressions give object identifiers of nothing that is hidden.
final class CatalogGuards {
  private CatalogGuards() {}

  /// A constant that names something of PostgreSQL's own.
  static boolean isOwn(SqlNode node) {
    return node instanceof SqlLiteral literal
        && literal.getValue() != null
        && String.valueOf(literal.toValue()).matches("(pg_catalog|information_schema)[.].*");
  }

  /// The OID of a row of a governed catalog relation, or NULL: `(SELECT x FROM … WHERE (x IN
  /// (SELECT … FROM (governed relation))) IS TRUE)`.
  static boolean isGuard(SqlNode node, Predicate<Query> governed) {
    return node instanceof Query query
        && query.body() instanceof Select select
        && select.targets().size() == 1
        && select.where().orElse(null) instanceof Construct truth
        && truth.form() == Construct.Form.IS_TRUE
        && truth.getOperandList().get(0) instanceof Construct among
        && among.form() == Construct.Form.IN
        && PostgresSql.write(among.getOperandList().get(0))
            .equals(PostgresSql.write(((Target) select.targets().get(0)).expression()))
        && among.getOperandList().get(1) instanceof Query visible
        && isOver(visible, governed);
  }

  private static boolean isOver(Query visible, Predicate<Query> governed) {
    return visible.body() instanceof Select select
        && select.from().size() == 1
        && select.from().get(0) instanceof FromItem.Subquery relation
        && governed.test((Query) relation.query());
  }
}
