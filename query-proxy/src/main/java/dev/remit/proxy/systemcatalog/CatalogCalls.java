package dev.remit.proxy.systemcatalog;

import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FunctionCall;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/// Functions, casts and words that look into the system catalog or tell of the session: replaced by
/// forms that tell only what the principal may know.
public final class CatalogCalls {
  private static final Set<String> HARMLESS = Set.of("version", "pg_typeof", "pg_column_size");

  private boolean used;

  /// Whether the statement asked for any of them.
  public boolean used() {
    return used;
  }

  /// The call in a form that may be sent, or empty when it is refused.
  public Optional<SqlNode> guarded(FunctionCall call) {
    used = true;
    List<String> names = call.name().names;
    String last = names.get(names.size() - 1);
    boolean builtIn = names.size() == 1 || (names.size() == 2 && names.get(0).equals("pg_catalog"));
    if (builtIn && HARMLESS.contains(last)) {
      return Optional.of(
          call.named(
              new SqlIdentifier(List.of("pg_catalog", last), call.name().getParserPosition())));
    }
    return Optional.empty();
  }

  /// A cast to an object identifier type in a form that may be sent; empty when the cast is to
  /// another type.
  public Optional<SqlNode> guardedCast(Cast cast) {
    return Optional.empty();
  }

  /// `current_user` and its kin; empty when it is refused.
  public Optional<SqlNode> guardedValue(Construct construct) {
    return Optional.empty();
  }
}
