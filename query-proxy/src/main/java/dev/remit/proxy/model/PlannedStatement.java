package dev.remit.proxy.model;

import java.util.List;
import java.util.Optional;

/// One client statement, read and decided: what the session has to do with it.
public sealed interface PlannedStatement {

  /// Answered by the session itself, with a constant command of ours at the source at most.
  sealed interface Own extends PlannedStatement {}

  /// Nothing between two semicolons.
  record Empty() implements Own {}

  /// SELECT, VALUES, TABLE: rows from the source. The command tag is `SELECT n`.
  record Query(GovernedQuery query) implements PlannedStatement {}

  /// `COPY (query) TO STDOUT` or `COPY table TO STDOUT`.
  record CopyOut(GovernedQuery query, CopyOptions options) implements PlannedStatement {}

  /// `SET [LOCAL] name = values`; no values = DEFAULT.
  ///
  /// @param asRow whether it was `SELECT set_config(…)` and is answered with the value
  record SetSetting(String name, List<String> values, boolean local, boolean asRow) implements Own {
    public SetSetting {
      values = List.copyOf(values);
    }
  }

  /// `SHOW name`; `all` shows every one.
  record ShowSetting(String name) implements Own {}

  /// `RESET name`; `all` resets every one.
  record ResetSetting(String name) implements Own {}

  /// `DISCARD ALL | PLANS | SEQUENCES | TEMP`.
  record Discard(String target) implements Own {}

  /// `UNLISTEN`: nobody listens.
  record Unlisten() implements Own {}

  record Transaction(Action action, Optional<String> savepoint) implements Own {
    public enum Action {
      BEGIN,
      COMMIT,
      ROLLBACK,
      SAVEPOINT,
      RELEASE,
      ROLLBACK_TO,
      COMMIT_AND_CHAIN,
      ROLLBACK_AND_CHAIN,
      /// SET TRANSACTION with allowed modes only: READ ONLY, READ COMMITTED.
      SET_MODES
    }
  }

  /// SQL-level PREPARE; the body is planned when executed, so that decisions are of that moment.
  record Prepare(String name, List<String> parameterTypes, String body) implements Own {
    public Prepare {
      parameterTypes = List.copyOf(parameterTypes);
    }
  }

  /// `EXECUTE name (arguments)`: each argument is a constant in PostgreSQL text form, empty for
  /// NULL.
  record ExecutePrepared(String name, List<Optional<String>> arguments)
      implements PlannedStatement {
    public ExecutePrepared {
      arguments = List.copyOf(arguments);
    }
  }

  /// `DEALLOCATE name`; empty = ALL.
  record Deallocate(Optional<String> name) implements Own {}

  /// `DECLARE name CURSOR FOR query`, forward only, inside a transaction.
  record DeclareCursor(String name, boolean binary, GovernedQuery query) implements Own {}

  /// `FETCH`/`MOVE` forward; count -1 = ALL.
  record Fetch(String cursor, long count, boolean move) implements PlannedStatement {}

  /// `CLOSE name`; empty = ALL.
  record CloseCursor(Optional<String> name) implements Own {}
}
