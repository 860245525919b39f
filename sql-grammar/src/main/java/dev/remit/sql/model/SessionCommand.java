package dev.remit.sql.model;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.parser.SqlParserPos;

/// A command about the session itself: its transaction or its settings.
public abstract sealed class SessionCommand extends Command {

  private SessionCommand(SqlParserPos position) {
    super(position);
  }

  /// `BEGIN`, `COMMIT`, `ROLLBACK`, savepoints and `SET TRANSACTION`.
  public static final class Transaction extends SessionCommand {
    private final Action action;
    private final List<String> modes;
    private final String savepoint;
    private final boolean chain;

    /// What is done to the transaction.
    public enum Action {
      BEGIN,
      COMMIT,
      ROLLBACK,
      SAVEPOINT,
      RELEASE,
      ROLLBACK_TO,
      /// `SET TRANSACTION modes`
      SET,
      /// `SET SESSION CHARACTERISTICS AS TRANSACTION modes`
      SET_SESSION
    }

    /// @param modes in lower case: `isolation level serializable`, `read only`, `not deferrable`, …
    /// @param savepoint empty when the action names none
    /// @param chain `COMMIT AND CHAIN`
    public Transaction(
        SqlParserPos position, Action action, List<String> modes, String savepoint, boolean chain) {
      super(position);
      this.action = action;
      this.modes = List.copyOf(modes);
      this.savepoint = savepoint;
      this.chain = chain;
    }

    @Override
    Transaction copy(SqlParserPos position) {
      return new Transaction(position, action, modes, savepoint, chain);
    }

    @Override
    public String tag() {
      return switch (action) {
        case BEGIN -> "BEGIN";
        case COMMIT -> "COMMIT";
        case ROLLBACK, ROLLBACK_TO -> "ROLLBACK";
        case SAVEPOINT -> "SAVEPOINT";
        case RELEASE -> "RELEASE";
        case SET, SET_SESSION -> "SET";
      };
    }

    public Action action() {
      return action;
    }

    public List<String> modes() {
      return modes;
    }

    public String savepoint() {
      return savepoint;
    }

    public boolean chain() {
      return chain;
    }
  }

  /// `SET`, `SET LOCAL`, `RESET`, `SHOW` and `DISCARD`.
  public static final class Setting extends SessionCommand {
    private final Verb action;
    private final String name;
    private final List<String> values;

    /// What is done to the setting.
    public enum Verb {
      SET,
      SET_LOCAL,
      /// Also `SET name TO DEFAULT`.
      RESET,
      SET_LOCAL_DEFAULT,
      RESET_ALL,
      SHOW,
      SHOW_ALL,
      /// The name is `all`, `plans`, `sequences` or `temp`.
      DISCARD
    }

    /// @param name in lower case as far as unquoted, with dots; `SET TIME ZONE` is `timezone`
    /// @param values decoded; several for lists such as search_path
    public Setting(SqlParserPos position, Verb action, String name, List<String> values) {
      super(position);
      this.action = action;
      this.name = name;
      this.values = List.copyOf(values);
    }

    @Override
    Setting copy(SqlParserPos position) {
      return new Setting(position, action, name, values);
    }

    @Override
    public String tag() {
      return switch (action) {
        case SET, SET_LOCAL, SET_LOCAL_DEFAULT -> "SET";
        case RESET, RESET_ALL -> "RESET";
        case SHOW, SHOW_ALL -> "SHOW";
        case DISCARD -> "DISCARD " + name.toUpperCase(Locale.ROOT);
      };
    }

    public Verb action() {
      return action;
    }

    public String name() {
      return name;
    }

    public List<String> values() {
      return values;
    }
  }
}
