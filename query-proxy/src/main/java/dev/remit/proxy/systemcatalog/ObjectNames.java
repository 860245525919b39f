package dev.remit.proxy.systemcatalog;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.resolve.Refusal;
import dev.remit.sql.PostgresSql;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Names of objects in string constants, as in `'orders'::regclass`.
final class ObjectNames {
  private static final String DIGITS = "[0-9]+";
  private static final String PLAIN_NAME = "[a-z_][a-z0-9_]*";

  private final SystemCatalog catalog;
  private final Supplier<VisibleObjects> objects;
  private final Function<SqlIdentifier, OptionalLong> relation;

  ObjectNames(
      SystemCatalog catalog,
      Supplier<VisibleObjects> objects,
      Function<SqlIdentifier, OptionalLong> relation) {
    this.catalog = catalog;
    this.objects = objects;
    this.relation = relation;
  }

  static TypeName type(String name) {
    return TypeName.of("pg_catalog", name);
  }

  /// The cast of a constant that names something of PostgreSQL's own; empty for other names.
  Optional<SqlNode> ofSystem(String type, SqlNode at, String text) {
    String name = text.strip();
    if (name.matches(DIGITS)) {
      return Optional.empty();
    }
    return switch (type) {
      case "regclass" -> systemRelation(name, at);
      case "regtype" -> systemType(name);
      case "regproc" -> Optional.of(systemFunction(name, at));
      default -> Optional.empty();
    };
  }

  /// A constant that names something of the source's own as the OID it stands for, anything else as
  /// it is. Refuses names of what is not visible.
  SqlNode lookedUp(String type, SqlNode value) {
    if (!(value instanceof SqlLiteral literal) || literal.getValue() == null) {
      return value;
    }
    String text = literal.toValue();
    String name = text == null ? "" : text.strip();
    if (name.matches(DIGITS) || text == null) {
      return value;
    }
    if (type.equals("regclass")) {
      long oid = relation.apply(identifier(name, value)).orElseThrow();
      return SqlLiteral.createExactNumeric(Long.toString(oid), SqlParserPos.ZERO);
    }
    if (type.equals("regnamespace") && !isSchema(name)) {
      throw refusal(value, ErrorCode.UNKNOWN_SCHEMA, "schema \"" + name + "\" does not exist");
    }
    return value;
  }

  private boolean isSchema(String name) {
    return name.equals("pg_catalog")
        || name.equals("information_schema")
        || objects.get().schemas().contains(name);
  }

  private Optional<SqlNode> systemRelation(String name, SqlNode at) {
    SqlIdentifier identifier = identifier(name, at);
    if (relation.apply(identifier).isPresent()) {
      return Optional.empty();
    }
    String last = identifier.names.get(identifier.names.size() - 1);
    boolean standard = identifier.names.contains("information_schema");
    return Optional.of(cast((standard ? "information_schema." : "pg_catalog.") + last, "regclass"));
  }

  private Optional<SqlNode> systemType(String text) {
    if (!(PostgresSql.parseExpression("CAST(NULL AS " + text + ")") instanceof Cast cast)) {
      return Optional.empty();
    }
    TypeName type = cast.type();
    String last = type.names().get(type.names().size() - 1);
    boolean own =
        type.names().size() == 1
            || (type.names().size() == 2 && type.names().get(0).equals("pg_catalog"));
    if (!own || !catalog.types().contains(last)) {
      return Optional.empty();
    }
    String brackets = type.bounds().isEmpty() ? "" : "[]";
    return Optional.of(cast("pg_catalog.\"" + last + "\"" + brackets, "regtype"));
  }

  private static SqlNode systemFunction(String name, SqlNode at) {
    String last = name.startsWith("pg_catalog.") ? name.substring("pg_catalog.".length()) : name;
    if (!last.matches(PLAIN_NAME)) {
      throw refusal(at, ErrorCode.UNKNOWN_FUNCTION, "function \"" + name + "\" does not exist");
    }
    return cast("pg_catalog." + last, "regproc");
  }

  private static SqlNode cast(String name, String type) {
    return new Cast(
        SqlParserPos.ZERO, SqlLiteral.createCharString(name, SqlParserPos.ZERO), type(type));
  }

  private static SqlIdentifier identifier(String name, SqlNode at) {
    if (PostgresSql.parseExpression(name) instanceof SqlIdentifier identifier
        && !identifier.isStar()) {
      List<String> names = identifier.names;
      return new SqlIdentifier(names, at.getParserPosition());
    }
    throw refusal(at, ErrorCode.UNKNOWN_TABLE, "relation \"" + name + "\" does not exist");
  }

  private static RemitException refusal(SqlNode at, ErrorCode code, String message) {
    return Refusal.at(at, code, message);
  }
}
