package dev.remit.proxy.plan;

import dev.remit.platform.error.ErrorCode;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.model.PlannedStatement.Transaction.Action;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.sql.PostgresSql;
import dev.remit.sql.model.Command;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.SessionCommand;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.Operation;
import dev.remit.sql.model.expression.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;

/// The commands that the session carries out itself, and the words with which others are refused.
final class SessionCommands {
  private static final Set<String> ALLOWED_MODES =
      Set.of(
          "read only",
          "isolation level read committed",
          "isolation level read uncommitted",
          "deferrable",
          "not deferrable");

  private SessionCommands() {}

  static PlannedStatement transaction(SessionCommand.Transaction command) {
    for (String mode : command.modes()) {
      if (!ALLOWED_MODES.contains(mode)) {
        throw Refusal.at(
            command,
            mode.equals("read write") ? ErrorCode.READ_ONLY : ErrorCode.FEATURE_NOT_SUPPORTED,
            "transactions are READ COMMITTED READ ONLY; "
                + mode.toUpperCase(java.util.Locale.ROOT)
                + " is refused");
      }
    }
    Optional<String> savepoint =
        command.savepoint().isEmpty() ? Optional.empty() : Optional.of(command.savepoint());
    Action action =
        switch (command.action()) {
          case BEGIN -> Action.BEGIN;
          case COMMIT -> command.chain() ? Action.COMMIT_AND_CHAIN : Action.COMMIT;
          case ROLLBACK -> command.chain() ? Action.ROLLBACK_AND_CHAIN : Action.ROLLBACK;
          case SAVEPOINT -> Action.SAVEPOINT;
          case RELEASE -> Action.RELEASE;
          case ROLLBACK_TO -> Action.ROLLBACK_TO;
          case SET, SET_SESSION -> Action.SET_MODES;
        };
    return new PlannedStatement.Transaction(action, savepoint);
  }

  static PlannedStatement setting(SessionCommand.Setting command) {
    return switch (command.action()) {
      case SET -> new PlannedStatement.SetSetting(command.name(), command.values(), false, false);
      case SET_LOCAL ->
          new PlannedStatement.SetSetting(command.name(), command.values(), true, false);
      case SET_LOCAL_DEFAULT ->
          new PlannedStatement.SetSetting(command.name(), List.of(), true, false);
      case RESET -> new PlannedStatement.ResetSetting(command.name());
      case RESET_ALL -> new PlannedStatement.ResetSetting("all");
      case SHOW -> new PlannedStatement.ShowSetting(command.name());
      case SHOW_ALL -> new PlannedStatement.ShowSetting("all");
      case DISCARD -> new PlannedStatement.Discard(command.name());
    };
  }

  /// `SELECT set_config('name', 'value', false)` alone, which many drivers send instead of SET.
  /// pgAdmin reads it from the list of settings, of which one is meant.
  static Optional<PlannedStatement.SetSetting> settingCall(Query query) {
    if (!query.with().isEmpty()
        || !(query.body() instanceof Select select)
        || select.targets().size() != 1
        || !select.groupBy().isEmpty()
        || select.having().isPresent()
        || !(((Target) select.targets().get(0)).expression() instanceof FunctionCall call)
        || !call.name().names.getLast().equals("set_config")
        || call.arguments().size() != 3) {
      return Optional.empty();
    }
    List<Optional<String>> values = new ArrayList<>();
    for (SqlNode argument : call.arguments()) {
      values.add(argument instanceof SqlLiteral ? constant(argument) : Optional.empty());
    }
    boolean alone = select.from().isEmpty() && select.where().isEmpty();
    if (values.contains(Optional.<String>empty()) || !(alone || isOfList(select))) {
      return Optional.empty();
    }
    return Optional.of(
        new PlannedStatement.SetSetting(
            values.get(0).orElseThrow(),
            List.of(values.get(1).orElseThrow()),
            values.get(2).orElseThrow().equalsIgnoreCase("true"),
            true));
  }

  private static boolean isOfList(Select select) {
    return select.from().size() == 1
        && select.from().get(0) instanceof FromItem.Functions list
        && list.sources().size() == 1
        && ((FromItem.FunctionSource) list.sources().get(0)).call() instanceof FunctionCall settings
        && settings.name().names.getLast().equals("pg_show_all_settings")
        && select
            .where()
            .filter(where ->
                where instanceof Operation equal
                    && equal.symbol().equals("=")
                    && PostgresSql.write(equal.getOperandList().get(0)).equals("\"name\""))
            .isPresent();
  }

  /// @param text of the whole command, from which the body is cut
  static PlannedStatement prepare(Command.Prepare command, String text) {
    List<String> types = new ArrayList<>();
    for (SqlNode type : command.types()) {
      types.add(name((TypeName) type));
    }
    int start = command.statement().getParserPosition().getColumnNum() - 1;
    return new PlannedStatement.Prepare(
        command.name(), types, text.substring(text.offsetByCodePoints(0, start)));
  }

  /// `int4`, `text[]`, `shop.mood`: without quotes and modifiers.
  private static String name(TypeName type) {
    List<String> names = type.names();
    boolean own = names.size() == 2 && names.get(0).equals("pg_catalog");
    String name = own ? names.get(1) : String.join(".", names);
    return type.bounds().isEmpty() ? name : name + "[]";
  }

  static PlannedStatement execute(Command.Execute command) {
    List<Optional<String>> arguments = new ArrayList<>();
    for (SqlNode argument : command.arguments()) {
      arguments.add(constant(argument));
    }
    return new PlannedStatement.ExecutePrepared(command.name(), arguments);
  }

  /// Text form of a constant; casts of constants keep the constant, the parameter's type decides.
  private static Optional<String> constant(SqlNode argument) {
    if (argument instanceof SqlNumericLiteral number) {
      return Optional.of(PostgresSql.write(number));
    }
    if (argument instanceof SqlLiteral literal) {
      return Optional.ofNullable(literal.getValue() == null ? null : literal.toValue());
    }
    if (argument instanceof Operation minus && minus.isPrefix() && minus.symbol().equals("-")) {
      return constant(minus.getOperandList().get(0)).map(number -> "-" + number);
    }
    if (argument instanceof Cast cast) {
      return constant(cast.value());
    }
    throw Refusal.notSupported(argument, "an EXECUTE argument that is not a constant");
  }

  static PlannedStatement forget(Command.Forget command) {
    return command.cursor()
        ? new PlannedStatement.CloseCursor(command.name())
        : new PlannedStatement.Deallocate(command.name());
  }

  static PlannedStatement fetch(Command.FetchCursor command) {
    long count =
        switch (command.direction()) {
          case "next" -> 1L;
          case "forward" -> command.count().orElse(-1L);
          default ->
              throw Refusal.notSupported(
                  command, "FETCH " + command.direction().toUpperCase(java.util.Locale.ROOT));
        };
    if (count < -1) {
      throw Refusal.notSupported(command, "FETCH backwards");
    }
    return new PlannedStatement.Fetch(command.cursor(), count, command.move());
  }

  static RuntimeException refused(Command command, boolean writes) {
    return writes
        ? Refusal.at(
            command,
            ErrorCode.READ_ONLY,
            "cannot execute " + command.tag() + ": sessions only read")
        : Refusal.at(
            command,
            ErrorCode.FEATURE_NOT_SUPPORTED,
            command.tag() + " is not available through Remit");
  }
}
