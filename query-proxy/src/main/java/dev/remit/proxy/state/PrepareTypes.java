package dev.remit.proxy.state;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.wire.TypeOids;
import java.util.List;

/// The parameter types of `PREPARE name (types)` as OIDs.
public final class PrepareTypes {
  private PrepareTypes() {}

  /// @throws RemitException UNKNOWN_TYPE for a type that is not PostgreSQL's own
  public static List<Long> oids(PlannedStatement.Prepare prepare) {
    return prepare.parameterTypes().stream()
        .map(name ->
            TypeOids.of(name)
                .orElseThrow(() ->
                    new RemitException(
                        ErrorCode.UNKNOWN_TYPE,
                        "PREPARE knows no parameter type \""
                            + name
                            + "\"; leave it out, or cast the parameter in the query")))
        .toList();
  }
}
