package dev.remit.proxy.session;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.login.PurposeChoice;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.relay.InternalReply;
import dev.remit.proxy.state.SearchPath;
import dev.remit.proxy.state.SettingCatalogue;
import dev.remit.proxy.state.TimeSettings;
import dev.remit.proxy.upstream.UpstreamConnection;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// SET, SHOW, RESET and DISCARD.
///
/// A setting of the source is set there at once, which checks its value and gives its canonical
/// form; the session keeps it and applies it to every connection it borrows later. Nothing is
/// submitted on top of it before that answer, so that no ROLLBACK can overtake it.
final class SettingCommands {
  private static final String SET_ONE = "select pg_catalog.set_config($1, $2, $3::pg_catalog.bool)";

  /// Name of the function and of its column.
  static final String CALL = "set_config";

  /// What is said at the end of a change.
  ///
  /// @param asRow whether as a row of [#CALL] with the value
  private record Ending(String tag, boolean asRow, boolean described) {
    static Ending of(String tag) {
      return new Ending(tag, false, false);
    }

    void write(Buffer out, String value) {
      if (asRow) {
        if (described) {
          BackendMessages.textColumns(out, List.of(CALL));
        }
        BackendMessages.textRow(out, List.of(value));
      }
      BackendMessages.commandComplete(out, tag);
    }
  }

  private final Session session;

  SettingCommands(Session session) {
    this.session = session;
  }

  /// Sets what differs on a connection just borrowed; it answers before anything else does.
  void apply(UpstreamConnection source) {
    Map<String, String> wanted = session.state().source();
    Map<String, String> applied = source.applied();
    if (wanted == applied || wanted.equals(applied)) {
      return;
    }
    StringBuilder sql = new StringBuilder("select ");
    List<String> arguments = new ArrayList<>();
    wanted.forEach((name, value) -> {
      if (applied == null || !value.equals(applied.get(name))) {
        arguments.add(name);
        arguments.add(value);
        sql.append(arguments.size() == 2 ? "" : ", ")
            .append("pg_catalog.set_config($")
            .append(arguments.size() - 1)
            .append(", $")
            .append(arguments.size())
            .append(", false)");
      }
    });
    source.applied(null);
    session
        .submission()
        .internal(
            source,
            sql.toString(),
            arguments,
            new InternalReply(
                'Z',
                answer -> {
                  if (answer.error().isEmpty()) {
                    source.applied(wanted);
                  }
                  return answer.error().map(error -> invalid("startup", error));
                }));
  }

  void set(PlannedStatement.SetSetting set, boolean described) {
    Ending ending = set.asRow() ? new Ending("SELECT 1", true, described) : Ending.of("SET");
    String name = SettingCatalogue.spelled(set.name());
    if (set.values().isEmpty()) {
      change(name, session.state().initialValue(name), set.local(), ending);
      return;
    }
    String value =
        name.equals(SettingCatalogue.SEARCH_PATH)
            ? SearchPath.text(set.values())
            : String.join(", ", set.values());
    change(name, value, set.local(), ending);
  }

  void reset(PlannedStatement.ResetSetting reset) {
    if (!reset.name().equalsIgnoreCase("all")) {
      String name = SettingCatalogue.spelled(reset.name());
      change(name, session.state().initialValue(name), false, Ending.of("RESET"));
      return;
    }
    resetAll("RESET");
  }

  void discard(PlannedStatement.Discard discard) {
    String target = discard.target().toUpperCase(Locale.ROOT);
    if (target.equals("ALL")) {
      if (session.state().isInBlock()) {
        throw new RemitException(
            ErrorCode.FEATURE_NOT_SUPPORTED, "DISCARD ALL cannot run inside a transaction block");
      }
      session.objects().removeStatements();
      session.objects().transactionEnded();
      resetAll("DISCARD ALL");
      return;
    }
    session.replies().answer(out -> BackendMessages.commandComplete(out, "DISCARD " + target));
  }

  void show(PlannedStatement.ShowSetting show, boolean described) {
    if (show.name().equalsIgnoreCase("all")) {
      showAll(described);
      return;
    }
    String name = SettingCatalogue.spelled(show.name());
    session
        .replies()
        .answer(out -> {
          if (described) {
            BackendMessages.textColumns(out, List.of(name));
          }
          BackendMessages.textRow(out, List.of(session.state().value(name)));
          BackendMessages.commandComplete(out, "SHOW");
        });
  }

  /// The columns of SHOW, for Describe.
  static List<String> columns(PlannedStatement.ShowSetting show) {
    return show.name().equalsIgnoreCase("all")
        ? List.of("name", "setting", "description")
        : List.of(SettingCatalogue.spelled(show.name()));
  }

  private void showAll(boolean described) {
    session
        .replies()
        .answer(out -> {
          if (described) {
            BackendMessages.textColumns(out, List.of("name", "setting", "description"));
          }
          Map<String, String> all = new TreeMap<>(session.state().values());
          all.forEach((name, value) -> BackendMessages.textRow(out, List.of(name, value, "")));
          BackendMessages.commandComplete(out, "SHOW");
        });
  }

  private void change(String name, String asked, boolean local, Ending ending) {
    SettingCatalogue.requireAllowed(name, asked, session.state().value(name));
    String value = TimeSettings.effective(session.environment().bounds(), name, asked);
    if (name.equals(SettingCatalogue.PURPOSE) && !value.isEmpty()) {
      choosePurpose(value, local, ending);
    } else if (SettingCatalogue.isAtSource(name)) {
      session.withSource(source -> changeAtSource(source, name, value, local, ending));
    } else {
      keep(name, value, local, ending);
    }
  }

  /// Whether the purpose is open is asked now, so that the answer names those that are.
  private void choosePurpose(String value, boolean local, Ending ending) {
    session.await(
        session
            .environment()
            .blocking()
            .run(() ->
                PurposeChoice.require(
                    session.environment().authenticator(),
                    session.identity().principal(),
                    session.identity().source(),
                    value)),
        (PurposeCode purpose) -> keep(SettingCatalogue.PURPOSE, purpose.value(), local, ending));
  }

  private void keep(String name, String value, boolean local, Ending ending) {
    String kept =
        name.equals(SettingCatalogue.CLIENT_ENCODING)
            ? "UTF8"
            : SettingCatalogue.shown(name, value);
    boolean effective = !local || session.state().isInBlock();
    if (effective && !SettingCatalogue.isFixed(name)) {
      session.state().set(name, kept, local);
    }
    session
        .replies()
        .answer(out -> {
          if (effective && SettingCatalogue.REPORTED.contains(name)) {
            BackendMessages.parameterStatus(out, name, session.state().value(name));
          }
          ending.write(out, session.state().value(name));
        });
  }

  private void changeAtSource(
      UpstreamConnection source, String name, String value, boolean local, Ending ending) {
    session
        .submission()
        .internal(
            source,
            SET_ONE,
            List.of(name, value, Boolean.toString(local)),
            new InternalReply('C', answer -> changed(source, name, local, answer)));
    session.settled(() ->
        session
            .replies()
            .answer(out -> {
              if (SettingCatalogue.REPORTED.contains(name)) {
                BackendMessages.parameterStatus(out, name, session.state().value(name));
              }
              ending.write(out, session.state().value(name));
            }));
  }

  private Optional<RemitException> changed(
      UpstreamConnection source, String name, boolean local, InternalReply.Answer answer) {
    if (answer.error().isPresent()) {
      return Optional.of(invalid(name, answer.error().get()));
    }
    if (!local || session.state().isInBlock()) {
      session.state().set(name, answer.rows().getFirst().getFirst(), local);
    }
    source.applied(session.state().source());
    return Optional.empty();
  }

  private void resetAll(String tag) {
    Map<String, String> before = session.state().values();
    session.state().resetAll();
    Map<String, String> after = session.state().values();
    session
        .replies()
        .answer(out ->
            SettingCatalogue.REPORTED.stream()
                .filter(name -> !after.getOrDefault(name, "").equals(before.get(name)))
                .forEach(name ->
                    BackendMessages.parameterStatus(out, name, after.getOrDefault(name, ""))));
    session.source().ifPresent(this::apply);
    session.settled(
        () -> session.replies().answer(out -> BackendMessages.commandComplete(out, tag)));
  }

  private static RemitException invalid(String name, WireError error) {
    if (error.sqlState().equals(ErrorCode.QUERY_CANCELED.sqlState())) {
      return Refusals.cancelled();
    }
    return new RemitException(
        ErrorCode.INVALID_SETTING,
        "the source refused the value of the setting "
            + name
            + " (SQLSTATE "
            + error.sqlState()
            + ")");
  }
}
