package dev.remit.proxy.session;

import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.state.SettingCatalogue;

/// What the access record calls a statement that reaches no relation: its words, without values and
/// without the names that the client gave to things of her own.
final class SessionWords {
  private SessionWords() {}

  /// Empty for what has records of another form, or is nothing.
  static String of(PlannedStatement plan) {
    return switch (plan) {
      case PlannedStatement.SetSetting set ->
          (set.local() ? "SET LOCAL " : "SET ") + SettingCatalogue.spelled(set.name());
      case PlannedStatement.ShowSetting show -> "SHOW " + named(show.name());
      case PlannedStatement.ResetSetting reset -> "RESET " + named(reset.name());
      case PlannedStatement.Discard discard -> "DISCARD " + discard.target();
      case PlannedStatement.Transaction transaction ->
          transaction.action().name().replace('_', ' ');
      case PlannedStatement.Prepare _ -> "PREPARE";
      case PlannedStatement.Deallocate _ -> "DEALLOCATE";
      case PlannedStatement.DeclareCursor _ -> "DECLARE";
      case PlannedStatement.CloseCursor _ -> "CLOSE";
      case PlannedStatement.Unlisten _ -> "UNLISTEN";
      case PlannedStatement.Empty _,
          PlannedStatement.Query _,
          PlannedStatement.CopyOut _,
          PlannedStatement.Fetch _,
          PlannedStatement.ExecutePrepared _ ->
          "";
    };
  }

  private static String named(String setting) {
    return setting.equalsIgnoreCase("all") ? "ALL" : SettingCatalogue.spelled(setting);
  }
}
