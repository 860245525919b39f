package dev.remit.proxy.session;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.AccessSummary;
import dev.remit.proxy.model.GovernedQuery;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.model.PlannedStatement.Transaction.Action;
import dev.remit.proxy.model.StatementContext;
import dev.remit.proxy.model.StatementPlanner;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Plans a handful of words and never has anything cached, so that every statement waits for the
/// test to let its plan be done. `from t` reads a table whose schema is checked, `personal` a clear
/// personal column.
final class ScriptedPlanner implements StatementPlanner {
  @Override
  public List<String> split(String text) {
    return List.of(text.split(";"));
  }

  @Override
  public @Nullable PlannedStatement cached(StatementContext context, String text) {
    return null;
  }

  @Override
  public PlannedStatement plan(StatementContext context, String text) {
    String[] words = text.strip().split(" +");
    return switch (words[0]) {
      case "begin" -> transaction(Action.BEGIN);
      case "commit" -> transaction(Action.COMMIT);
      case "rollback" -> transaction(Action.ROLLBACK);
      case "chain" -> transaction(Action.ROLLBACK_AND_CHAIN);
      case "savepoint" -> new PlannedStatement.Transaction(Action.SAVEPOINT, Optional.of(words[1]));
      case "undo" -> new PlannedStatement.Transaction(Action.ROLLBACK_TO, Optional.of(words[1]));
      case "set" -> new PlannedStatement.SetSetting(words[1], List.of(words[2]), false, false);
      case "local" -> new PlannedStatement.SetSetting(words[1], List.of(words[2]), true, false);
      case "reset" -> new PlannedStatement.ResetSetting(words[1]);
      case "show" -> new PlannedStatement.ShowSetting(words[1]);
      case "select" -> new PlannedStatement.Query(query(text.strip()));
      default -> throw new RemitException(ErrorCode.UNKNOWN_TABLE, "refused");
    };
  }

  @Override
  public long epoch() {
    return 1;
  }

  private GovernedQuery query(String text) {
    AccessSummary access =
        new AccessSummary(
            "f",
            text,
            List.of(),
            text.contains("from t") ? List.of(7L) : List.of(),
            List.of(),
            List.of(),
            List.of(),
            text.contains("personal"),
            List.of());
    return new GovernedQuery(text, 0, List.of(), access, 1, position -> position);
  }

  private static PlannedStatement transaction(Action action) {
    return new PlannedStatement.Transaction(action, Optional.empty());
  }
}
