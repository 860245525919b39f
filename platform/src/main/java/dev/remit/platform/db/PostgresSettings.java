package dev.remit.platform.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// What the embedded server is told and what is read back from it before anything else happens.
final class PostgresSettings {

  /// Without any one of these, something acknowledged could be lost.
  static final Map<String, String> DURABLE =
      Map.of(
          "fsync", "on",
          "synchronous_commit", "on",
          "full_page_writes", "on",
          "password_encryption", "scram-sha-256",
          "listen_addresses", "127.0.0.1");

  private PostgresSettings() {}

  /// The whole of `postgresql.conf`, written anew at each start.
  static String serverSettings(int port) {
    StringBuilder text =
        new StringBuilder("# Written by Remit at each start; changes here do not last.\n");
    DURABLE.forEach((name, value) -> line(text, name, value));
    line(text, "port", Integer.toString(port));
    line(text, "unix_socket_directories", "");
    line(text, "max_connections", "300");
    line(text, "shared_buffers", "128MB");
    line(text, "max_wal_size", "1GB");
    line(text, "lc_messages", "C");
    line(text, "timezone", "UTC");
    line(text, "log_timezone", "UTC");
    line(text, "logging_collector", "on");
    line(text, "log_directory", "../log");
    line(text, "log_filename", "postgresql-%a.log");
    line(text, "log_rotation_age", "1d");
    line(text, "log_rotation_size", "0");
    line(text, "log_truncate_on_rotation", "on");
    line(text, "log_file_mode", "0600");
    line(text, "log_parameter_max_length_on_error", "0");
    return text.toString();
  }

  /// The whole of `pg_hba.conf`: passwords by SCRAM, from loopback, and the store for its own role
  /// and the administrator only.
  static String authentication() {
    return """
    # Written by Remit at each start; changes here do not last.
    host  remit  remit_store,remit_admin  127.0.0.1/32  scram-sha-256
    host  remit  all                      127.0.0.1/32  reject
    host  all    all                      127.0.0.1/32  scram-sha-256
    """;
  }

  /// Reads the settings back; a server that does not keep what it acknowledges, or lets anybody in
  /// without a password, must not be used.
  static void verify(EmbeddedStore.Access administrator) {
    try (Connection connection = administrator.connect();
        Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> setting : DURABLE.entrySet()) {
        String value = single(statement, "show " + setting.getKey());
        if (!value.equals(setting.getValue())) {
          throw new IllegalStateException(
              "the embedded PostgreSQL runs with %s = %s instead of %s"
                  .formatted(setting.getKey(), value, setting.getValue()));
        }
      }
      String open =
          single(
              statement,
              """
              select count(*) from pg_catalog.pg_hba_file_rules
              where auth_method not in ('scram-sha-256', 'reject') or error is not null
              """);
      if (!open.equals("0")) {
        throw new IllegalStateException("the embedded PostgreSQL lets someone in without SCRAM");
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("the embedded PostgreSQL does not answer", failure);
    }
  }

  private static String single(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(" = '").append(value).append("'\n");
  }
}
