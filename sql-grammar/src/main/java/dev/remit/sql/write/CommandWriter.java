package dev.remit.sql.write;

import dev.remit.sql.model.Command;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.SessionCommand;
import dev.remit.sql.model.expression.TypeName;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlNode;

/// Writes commands. Those known only by name have no text.
final class CommandWriter {
  private final Output output;
  private final QueryWriter queries;

  CommandWriter(Output output, QueryWriter queries) {
    this.output = output;
    this.queries = queries;
  }

  void statement(SqlNode node) {
    switch (node) {
      case Query query -> queries.write(query);
      case Command command -> command(command);
      default -> queries.expressions().write(node);
    }
  }

  private void command(Command command) {
    output.from(command);
    switch (command) {
      case SessionCommand.Transaction transaction -> transaction(transaction);
      case SessionCommand.Setting setting -> setting(setting);
      case Command.Explain explain -> {
        output.add("EXPLAIN ").add(options(explain.options()));
        statement(explain.statement());
      }
      case Command.Prepare prepare -> {
        output.add("PREPARE ").name(prepare.name());
        types(prepare);
        output.add(" AS ");
        statement(prepare.statement());
      }
      case Command.Execute execute -> {
        output.add("EXECUTE ").name(execute.name());
        if (!execute.arguments().isEmpty()) {
          output.add(" (");
          queries.expressions().list(execute.arguments());
          output.add(")");
        }
      }
      case Command.Forget forget -> {
        output.add(forget.cursor() ? "CLOSE " : "DEALLOCATE ");
        forget.name().ifPresentOrElse(output::name, () -> output.add("ALL"));
      }
      case Command.DeclareCursor cursor -> declare(cursor);
      case Command.FetchCursor fetch -> fetch(fetch);
      case Command.Copy copy -> copy(copy);
      case Command.Refused refused ->
          throw new IllegalStateException("no PostgreSQL text for " + refused.tag());
    }
  }

  private void types(Command.Prepare prepare) {
    String separator = " (";
    for (SqlNode type : prepare.types()) {
      output.add(separator);
      queries.expressions().type((TypeName) type);
      separator = ", ";
    }
    output.add(prepare.types().isEmpty() ? "" : ")");
  }

  private void transaction(SessionCommand.Transaction transaction) {
    String modes = String.join(", ", transaction.modes()).toUpperCase(Locale.ROOT);
    String chain = transaction.chain() ? " AND CHAIN" : "";
    switch (transaction.action()) {
      case BEGIN -> output.add(modes.isEmpty() ? "BEGIN" : "BEGIN " + modes);
      case COMMIT -> output.add("COMMIT").add(chain);
      case ROLLBACK -> output.add("ROLLBACK").add(chain);
      case SAVEPOINT -> output.add("SAVEPOINT ").name(transaction.savepoint());
      case RELEASE -> output.add("RELEASE SAVEPOINT ").name(transaction.savepoint());
      case ROLLBACK_TO -> output.add("ROLLBACK TO SAVEPOINT ").name(transaction.savepoint());
      case SET -> output.add("SET TRANSACTION ").add(modes);
      case SET_SESSION -> output.add("SET SESSION CHARACTERISTICS AS TRANSACTION ").add(modes);
    }
  }

  private void setting(SessionCommand.Setting setting) {
    switch (setting.action()) {
      case SET -> values(output.add("SET "), setting);
      case SET_LOCAL -> values(output.add("SET LOCAL "), setting);
      case SET_LOCAL_DEFAULT ->
          output.add("SET LOCAL ").names(parts(setting.name())).add(" TO DEFAULT");
      case RESET -> output.add("RESET ").names(parts(setting.name()));
      case RESET_ALL -> output.add("RESET ALL");
      case SHOW -> output.add("SHOW ").names(parts(setting.name()));
      case SHOW_ALL -> output.add("SHOW ALL");
      case DISCARD -> output.add("DISCARD ").add(setting.name().toUpperCase(Locale.ROOT));
    }
  }

  private static void values(Output output, SessionCommand.Setting setting) {
    output.names(parts(setting.name()));
    String separator = " TO ";
    for (String value : setting.values()) {
      output.add(separator).string(value);
      separator = ", ";
    }
  }

  private static List<String> parts(String name) {
    return List.of(name.split("\\.", -1));
  }

  private static String options(List<Command.Option> options) {
    if (options.isEmpty()) {
      return "";
    }
    Output list = new Output();
    String separator = "(";
    for (Command.Option option : options) {
      list.add(separator).name(option.name());
      if (option.values().equals(List.of("*"))) {
        list.add(" *");
      } else if (!option.values().isEmpty()) {
        list.columns(option.values());
      } else if (!option.value().isEmpty() || option.name().equals("null")) {
        list.add(" ").string(option.value());
      }
      separator = ", ";
    }
    return list.add(") ").finish().text();
  }

  private void declare(Command.DeclareCursor cursor) {
    output.add("DECLARE ").name(cursor.name());
    cursor.options().stream()
        .filter(option -> !option.endsWith("hold"))
        .forEach(option -> output.add(" ").add(option.toUpperCase(Locale.ROOT)));
    output.add(" CURSOR");
    cursor.options().stream()
        .filter(option -> option.endsWith("hold"))
        .forEach(option -> output.add(" ").add(option.toUpperCase(Locale.ROOT)));
    output.add(" FOR ");
    statement(cursor.query());
  }

  private void fetch(Command.FetchCursor fetch) {
    output.add(fetch.move() ? "MOVE " : "FETCH ");
    output.add(fetch.direction().toUpperCase(Locale.ROOT));
    boolean counted =
        List.of("absolute", "relative", "forward", "backward").contains(fetch.direction());
    if (counted) {
      output.add(" ").add(fetch.count().map(String::valueOf).orElse("ALL"));
    }
    output.add(" FROM ").name(fetch.cursor());
  }

  private void copy(Command.Copy copy) {
    output.add("COPY ");
    copy.query()
        .ifPresent(query -> {
          output.add("(");
          statement(query);
          output.add(")");
        });
    copy.table().ifPresent(table -> output.names(table.names).columns(copy.columns()));
    output.add(" TO STDOUT ").add(options(copy.options()));
  }
}
