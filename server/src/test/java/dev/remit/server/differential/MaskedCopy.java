package dev.remit.server.differential;

import dev.remit.platform.testing.TestPostgres;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What `masked.yaml` means, done to the data itself: rows are read raw, filtered and masked in
/// Java, and written back.
///
/// The masks are written anew here, from their documentation, not called.
final class MaskedCopy {
  private static final int SHORTEST_PARTLY_SHOWN = 8;

  private MaskedCopy() {}

  /// A masked copy of the database, whose tables are those of `differential.sql`, OIDs of types
  /// included.
  static TestPostgres.Address of(TestPostgres.Address original) throws SQLException {
    String name = original.database() + "_masked";
    TestPostgres.createDatabase()
        .execute("create database " + name + " template " + original.database());
    TestPostgres.Address database =
        new TestPostgres.Address(
            original.host(), original.port(), name, original.user(), original.password());
    database.execute("alter table purchase drop constraint purchase_customer_id_fkey");
    try (Connection connection = database.connect()) {
      customers(connection);
      wide(connection);
    }
    database.execute("analyze");
    return database;
  }

  private static void customers(Connection connection) throws SQLException {
    try (Statement read = connection.createStatement();
        ResultSet rows = read.executeQuery("select id, region, email from customer");
        PreparedStatement delete =
            connection.prepareStatement("delete from customer where id = ?");
        PreparedStatement mask =
            connection.prepareStatement(
                "update customer set email = ?, credit = null, born = null where id = ?")) {
      while (rows.next()) {
        int id = rows.getInt("id");
        if (!rows.getString("region").equals("EU") || id == 7) {
          delete.setInt(1, id);
          delete.execute();
        } else {
          mask.setString(1, partialMail(rows.getString("email")));
          mask.setInt(2, id);
          mask.execute();
        }
      }
    }
  }

  private static void wide(Connection connection) throws SQLException {
    try (Statement read = connection.createStatement();
        ResultSet rows = read.executeQuery("select i4, i2, t, v, d, u, b from wide");
        PreparedStatement delete = connection.prepareStatement("delete from wide where i4 = ?");
        PreparedStatement mask =
            connection.prepareStatement(
                "update wide set n = null, f8 = null, jb = null, t = ?, v = ?, d = ?,"
                    + " i2 = case when i2 is not null then 4 end,"
                    + " u = case when u is not null then"
                    + " '00000000-0000-0000-0000-000000000000'::uuid end where i4 = ?")) {
      while (rows.next()) {
        int key = rows.getInt("i4");
        boolean refused = Boolean.FALSE.equals(rows.getObject("b"));
        if (key % 5 == 2 || refused) {
          delete.setInt(1, key);
          delete.execute();
        } else {
          mask.setString(1, redacted(rows.getString("t")));
          mask.setString(2, lastFour(rows.getString("v")));
          mask.setDate(3, firstOfYear(rows.getObject("d", LocalDate.class)));
          mask.setInt(4, key);
          mask.execute();
        }
      }
    }
  }

  private static @Nullable String redacted(@Nullable String value) {
    return value == null
        ? null
        : value.codePoints().mapToObj(MaskedCopy::redacted).reduce("", String::concat);
  }

  private static String redacted(int character) {
    return " @.,:;_/()+-".indexOf(character) >= 0 ? Character.toString(character) : "x";
  }

  private static @Nullable String lastFour(@Nullable String value) {
    if (value == null) {
      return null;
    }
    int hidden = value.length() < SHORTEST_PARTLY_SHOWN ? value.length() : value.length() - 4;
    return "x".repeat(hidden) + value.substring(hidden);
  }

  private static @Nullable String partialMail(@Nullable String value) {
    if (value == null) {
      return null;
    }
    int at = value.lastIndexOf('@');
    int shown = at >= 3 ? 1 : 0;
    return value.substring(0, shown) + "x".repeat(at - shown) + value.substring(at);
  }

  private static @Nullable Date firstOfYear(@Nullable LocalDate value) {
    return value == null ? null : Date.valueOf(value.withDayOfYear(1));
  }
}
