package dev.remit.policy.testing;

import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.ColumnType;
import dev.remit.catalog.model.Purpose;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.model.TableDeclaration;
import dev.remit.catalog.model.Tag;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.policy.expression.Grammar;
import dev.remit.policy.model.PolicyValue;
import dev.remit.policy.model.SqlExpression;
import dev.remit.policy.model.TableDecision;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// A database with tables of the test's choice, seen as the catalog would see it, and able to run
/// what a decision allows.
public final class RealSource {
  public static final SourceName NAME = new SourceName("crm");

  private final TestPostgres.Address address;
  private final Map<String, List<Tag>> tags = new HashMap<>();
  private final Map<String, TableDeclaration> declarations = new HashMap<>();
  private final List<Purpose> purposes = new ArrayList<>();
  private long epoch = 1;

  /// @param sql creates and fills the tables, in schema `public`
  public RealSource(String sql) {
    address = TestPostgres.createDatabase();
    address.execute(sql);
  }

  /// Tags `table.column`.
  public RealSource tag(String column, String... names) {
    tags.put(column, Arrays.stream(names).map(name -> new Tag(name, 1, "declared", true)).toList());
    epoch++;
    return this;
  }

  public RealSource declare(String table, TableDeclaration declaration) {
    declarations.put(table, declaration);
    epoch++;
    return this;
  }

  public RealSource purposes(String... codes) {
    for (String code : codes) {
      purposes.add(
          new Purpose(new PurposeCode(code), code, Purpose.LegalBasis.CONTRACT, "for tests"));
    }
    return this;
  }

  /// The tables as they are now.
  public CatalogSnapshot snapshot() {
    return new CatalogSnapshot(
        epoch,
        Map.of(NAME, source()),
        purposes.stream().collect(Collectors.toMap(Purpose::code, purpose -> purpose)));
  }

  public Source source() {
    Map<Long, Relation> relations = new HashMap<>();
    try (Connection connection = address.connect();
        PreparedStatement query =
            connection.prepareStatement(
                """
                select c.oid, c.relname, a.attnum, a.attname, t.oid, n.nspname, t.typname,
                       a.atttypmod, format_type(t.oid, a.atttypmod), t.typcategory
                from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                join pg_type t on t.oid = a.atttypid join pg_namespace n on n.oid = t.typnamespace
                where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                order by c.oid, a.attnum\
                """);
        ResultSet rows = query.executeQuery()) {
      Map<Long, List<Column>> columns = new HashMap<>();
      Map<Long, String> names = new HashMap<>();
      while (rows.next()) {
        names.put(rows.getLong(1), rows.getString(2));
        columns.computeIfAbsent(rows.getLong(1), oid -> new ArrayList<>()).add(column(rows));
      }
      names.forEach((oid, name) -> relations.put(oid, relation(oid, name, columns.get(oid))));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return new Source(NAME, Source.State.READY, relations, 1);
  }

  private Column column(ResultSet rows) throws SQLException {
    ColumnType type =
        new ColumnType(
            rows.getLong(5),
            rows.getString(6),
            rows.getString(7),
            rows.getInt(8),
            rows.getString(9),
            rows.getString(10).charAt(0));
    return new Column(
        rows.getInt(3),
        rows.getString(4),
        type,
        true,
        false,
        Optional.empty(),
        tags.getOrDefault(rows.getString(2) + "." + rows.getString(4), List.of()));
  }

  private Relation relation(long oid, String name, @Nullable List<Column> columns) {
    return new Relation(
        oid,
        "public",
        name,
        Relation.Kind.TABLE,
        columns == null ? List.of() : columns,
        List.of(),
        List.of(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        declarations.getOrDefault(name, TableDeclaration.NONE),
        "fingerprint");
  }

  public Relation table(String name) {
    return source().relation("public", name).orElseThrow();
  }

  /// The rows that an allowed decision leaves of a table: values joined by `|`, NULL as `-`, in the
  /// order of the first column.
  public List<String> rows(String table, TableDecision.Allow decision) {
    String columns =
        decision.columns().stream()
            .map(column ->
                column.mask().map(this::inline).orElse('"' + column.column().name() + '"'))
            .collect(Collectors.joining(", "));
    String where =
        decision.filters().stream()
            .map(filter -> "(" + inline(filter) + ")")
            .collect(Collectors.joining(" and "));
    return query(
        "select "
            + columns
            + " from public."
            + table
            + (where.isEmpty() ? "" : " where " + where)
            + " order by 1");
  }

  /// Runs a query; rows as in [#rows].
  public List<String> query(String sql) {
    try (Connection connection = address.connect();
        PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      List<String> result = new ArrayList<>();
      int width = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int index = 1; index <= width; index++) {
          @Nullable String value = rows.getString(index);
          values.add(value == null ? "-" : value);
        }
        result.add(String.join("|", values));
      }
      return result;
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  /// Type and modifier of an expression over a table, as PostgreSQL would store it.
  public String typeOf(String expression, String table) {
    String view = "v_" + Integer.toHexString(System.identityHashCode(expression));
    address.execute(
        "create view public." + view + " as select " + expression + " as c from public." + table);
    String type =
        query(
                "select format_type(atttypid, atttypmod) from pg_attribute where attrelid ="
                    + " 'public."
                    + view
                    + "'::regclass")
            .getFirst();
    address.execute("drop view public." + view);
    return type;
  }

  /// The expression's text with each value in place, quoted; for tests only.
  public String inline(SqlExpression expression) {
    int[] parameters = {0};
    expression
        .tree()
        .accept(
            new SqlBasicVisitor<@Nullable Void>() {
              @Override
              public @Nullable Void visit(SqlDynamicParam parameter) {
                parameters[0] = Math.max(parameters[0], parameter.getIndex() + 1);
                return null;
              }
            });
    if (parameters[0] != expression.values().size()) {
      throw new IllegalStateException("every value must stand in the tree");
    }
    return withValues(Grammar.write(expression.tree()), expression.values());
  }

  private static String withValues(String sql, List<PolicyValue> values) {
    String result = sql;
    for (int index = values.size(); index >= 1; index--) {
      PolicyValue value = values.get(index - 1);
      result =
          result.replace(
              "$" + index, "'" + value.text().replace("'", "''") + "'::pg_catalog." + value.type());
    }
    return result;
  }
}
